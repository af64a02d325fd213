namespace Thorbis.Ledger.Domain.Analytics;

/// <summary>How many calls reached a goal.</summary>
/// <param name="Eligible">Calls that could, those still pending included.</param>
/// <param name="Pending">Not converted, but their time is not over.</param>
public sealed record Conversion(long Eligible, long Converted, long Pending)
{
    /// <summary>Converted over eligible without pending; null when that is nothing.</summary>
    public decimal? Rate => Share.Of(Converted, Eligible - Pending);
}
