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

    /// <summary>The amount of <paramref name="parts"/> / <paramref name="whole"/>, exactly rounded.</summary>
    /// <param name="parts">Not negative.</param>
    /// <param name="whole">60 for prices per minute, the days of a month, 1 for what is sold by the piece.</param>
    /// <returns>
    /// The amount, and the rest in parts of the last place: 0 when nothing was rounded, negative when rounded up.
    /// </returns>
    internal (decimal Amount, decimal Remainder) Of(decimal parts, int whole)
    {
        var scaled = parts * Powers[Decimals];
        var places = decimal.Floor(scaled / whole);
        var rest = scaled - (places * whole);
        // The quotient above has itself been rounded, at its 28th digit.
        if (rest < 0)
        {
            (places, rest) = (places - 1, rest + whole);
        }
        if (rest > 0 && RoundsUp(places, rest * 2, whole))
        {
            (places, rest) = (places + 1, rest - whole);
        }
        return (places / Powers[Decimals], rest);
    }

    private bool RoundsUp(decimal places, decimal twiceRest, int whole) => Mode switch
    {
        RoundingMode.Up => true,
        RoundingMode.Down => false,
        RoundingMode.HalfUp => twiceRest >= whole,
        _ => twiceRest > whole || (twiceRest == whole && places % 2 != 0),
    };
}
