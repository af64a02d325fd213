namespace Thorbis.Ledger.Domain;

/// <summary>A part of a whole.</summary>
public static class Share
{
    /// <returns>0 to 1, with six decimals, half away from zero; null when the whole is 0.</returns>
    public static decimal? Of(long part, long whole) =>
        whole == 0 ? null : Math.Round((decimal)part / whole, 6, MidpointRounding.AwayFromZero);
}
