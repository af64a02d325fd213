namespace Thorbis.Ledger.Domain.Rating;

/// <summary>What a row makes of a quantity.</summary>
/// <param name="Quantity">Used: whole seconds of minutes, else units.</param>
/// <param name="BilledQuantity">After minimum and increments: seconds of minutes, else units.</param>
/// <param name="Amount">In the deck's currency, rounded as the deck says.</param>
/// <param name="Remainder">
/// What rounding left, in parts of the amount's last place; negative when rounded up.
/// </param>
/// <param name="Whole">Parts of the last place that make one: 60 of minutes, the days of a month, else 1.</param>
public sealed record Rated(
    RateRow Row, long Quantity, long BilledQuantity, decimal Amount, decimal Remainder, int Whole);

/// <summary>The arithmetic of a row: pure, exact, and the same for everybody who does it by hand.</summary>
public static class Rate
{
    private const int SecondsPerMinute = 60;
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Started seconds, then the minimum, then started increments: 60.4 s under 60/60 is 120 s.</summary>
    public static Rated Duration(RateRow row, Rounding rounding, long microseconds)
    {
        var seconds = Seconds(microseconds);
        var billed = Increments(row, Math.Max(seconds, row.Minimum));
        var (amount, remainder) = rounding.Of(
            (row.ConnectFee * SecondsPerMinute) + (row.Price * billed), SecondsPerMinute);
        return new(row, seconds, billed, amount, remainder, SecondsPerMinute);
    }

    /// <summary>Parts, media, items or months: each the same.</summary>
    public static Rated Units(RateRow row, Rounding rounding, long units)
    {
        var (amount, remainder) = rounding.Of(row.ConnectFee + (row.Price * units), 1);
        return new(row, units, units, amount, remainder, 1);
    }

    /// <summary>Part of a month: the month's price by the days.</summary>
    /// <param name="days">Held; 1 to <paramref name="daysInMonth"/>.</param>
    public static Rated Days(RateRow row, Rounding rounding, int days, int daysInMonth)
    {
        var (amount, remainder) = rounding.Of(
            (row.ConnectFee * daysInMonth) + (row.Price * days), daysInMonth);
        return new(row, days, days, amount, remainder, daysInMonth);
    }

    /// <summary>Started seconds.</summary>
    public static long Seconds(long microseconds) =>
        (microseconds + MicrosecondsPerSecond - 1) / MicrosecondsPerSecond;

    private static long Increments(RateRow row, long seconds)
    {
        var beyond = seconds - row.FirstIncrement;
        return beyond <= 0
            ? row.FirstIncrement
            : row.FirstIncrement + ((beyond + row.Increment - 1) / row.Increment * row.Increment);
    }
}
