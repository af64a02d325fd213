namespace Thorbis.Ledger.Domain.Rating;

/// <summary>Where an amount goes that lies between two that can be written.</summary>
public enum RoundingMode
{
    /// <summary>To the nearer; from the middle to the even one.</summary>
    HalfEven,

    /// <summary>To the nearer; from the middle to the greater.</summary>
    HalfUp,
    Up,
    Down,
}

/// <summary>How a deck writes its amounts: decimal places, and what becomes of the rest.</summary>
/// <param name="Decimals">0 to <see cref="DecimalsMax"/>.</param>
public sealed record Rounding(RoundingMode Mode, int Decimals)
{
    /// <summary>Prices, seconds and places together stay within the 28 digits of a decimal.</summary>
    public const int DecimalsMax = 8;

    /// <summary>As fine as can be: a third of a price per minute ends nowhere, all else stays exact.</summary>
    public static readonly Rounding Default = new(RoundingMode.HalfEven, DecimalsMax);

    private static readonly decimal[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>The amount of <paramref name="sixtieths"/> / 60, exactly rounded.</summary>
    /// <param name="sixtieths">Not negative.</param>
    /// <returns>
    /// The amount, and the rest in sixtieths of the last place: 0 when nothing was rounded, negative when rounded up.
    /// </returns>
    internal (decimal Amount, decimal Remainder) OfSixtieths(decimal sixtieths)
    {
        var scaled = sixtieths * Powers[Decimals];
        var whole = decimal.Floor(scaled / 60);
        var rest = scaled - (whole * 60);
        // The quotient above has itself been rounded, at its 28th digit.
        if (rest < 0)
        {
            (whole, rest) = (whole - 1, rest + 60);
        }
        if (rest > 0 && RoundsUp(whole, rest))
        {
            (whole, rest) = (whole + 1, rest - 60);
        }
        return (whole / Powers[Decimals], rest);
    }

    private bool RoundsUp(decimal whole, decimal rest) => Mode switch
    {
        RoundingMode.Up => true,
        RoundingMode.Down => false,
        RoundingMode.HalfUp => rest >= 30,
        _ => rest > 30 || (rest == 30 && whole % 2 != 0),
    };
}
