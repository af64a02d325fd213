using NodaTime;

namespace Thorbis.Ledger.Domain.Budgets;

/// <summary>An estimate of a month's spend when it ends.</summary>
/// <param name="Expected">Rounded to cents; null when it cannot be said, as <paramref name="Low"/> and
/// <paramref name="High"/>.</param>
/// <param name="Low">Lower end of the interval that holds the end in <see cref="Confidence"/> of 100 cases, if the
/// days to come vary as those before.</param>
/// <param name="High">Its upper end.</param>
/// <param name="HistoryDays">Complete days that it was made from.</param>
/// <param name="Reason">Why nothing can be said; null when something can.</param>
public sealed record SpendForecast(
    decimal? Expected, decimal? Low, decimal? High, int HistoryDays, string? Reason)
{
    public const int Confidence = 80;

    /// <summary>Complete days before today that are looked at.</summary>
    public const int WindowDays = 56;

    /// <summary>Every weekday twice.</summary>
    public const int HistoryDaysMin = 14;

    /// <summary>Of the normal distribution: 80 of 100 lie within so many standard deviations.</summary>
    private const double Deviations = 1.2815515655446;
    private const int Cents = 2;
    private const int Weekdays = 7;

    /// <summary>
    /// Spend so far, and for each day to come the mean of its weekday in the company's own past; of today, the part
    /// that is still to come.
    /// </summary>
    /// <param name="spend">Of the month up to now.</param>
    /// <param name="history">Sums of days before today, ascending; a day that is missing after the first one is a day
    /// without spend. What lies before the window is left out.</param>
    /// <param name="now">In the zone whose calendar the days are of.</param>
    public static SpendForecast Of(
        decimal spend, IReadOnlyList<(LocalDate Day, decimal Amount)> history, ZonedDateTime now)
    {
        var today = now.Date;
        var days = Complete(history, today);
        if (days.Count < HistoryDaysMin)
        {
            return new(null, null, null, days.Count,
                $"{HistoryDaysMin} complete days are needed; there are {days.Count}.");
        }
        var profile = Enumerable.Range(1, Weekdays).Select(weekday => days
            .Where(day => (int)day.Day.DayOfWeek == weekday).Select(day => day.Amount).ToList()).ToArray();
        var ahead = Ahead(now);
        var expected = spend + Enumerable.Range(0, Weekdays).Sum(i => profile[i].Sum() * ahead[i] / profile[i].Count);
        var spread = (decimal)(Deviations * Math.Sqrt(Variance(profile, ahead)));
        return new(
            Round(expected), Math.Max(Round(expected - spread), Math.Min(Round(spend), Round(expected))),
            Round(expected + spread), days.Count, null);
    }

    /// <summary>Every day from the first one known in the window to yesterday.</summary>
    private static List<(LocalDate Day, decimal Amount)> Complete(
        IReadOnlyList<(LocalDate Day, decimal Amount)> history, LocalDate today)
    {
        var known = history.Where(day => day.Day >= today.PlusDays(-WindowDays) && day.Day < today)
            .ToDictionary(day => day.Day, day => day.Amount);
        var days = new List<(LocalDate, decimal)>();
        for (var day = known.Count == 0 ? today : known.Keys.Min(); day < today; day = day.PlusDays(1))
        {
            days.Add((day, known.GetValueOrDefault(day)));
        }
        return days;
    }

    /// <summary>How many days of each weekday, Monday first, are still to come in the month; today in part.</summary>
    private static decimal[] Ahead(ZonedDateTime now)
    {
        var ahead = new decimal[Weekdays];
        var (today, midnight) = (now.Date, now.Date.PlusDays(1).AtStartOfDayInZone(now.Zone).ToInstant());
        var length = midnight - today.AtStartOfDayInZone(now.Zone).ToInstant();
        ahead[(int)today.DayOfWeek - 1] +=
            (decimal)(midnight - now.ToInstant()).BclCompatibleTicks / length.BclCompatibleTicks;
        for (var day = today.PlusDays(1); day.Month == today.Month; day = day.PlusDays(1))
        {
            ahead[(int)day.DayOfWeek - 1]++;
        }
        return ahead;
    }

    /// <summary>Of the sum to come: the days' own variation, and what is not known of their means.</summary>
    private static double Variance(List<decimal>[] profile, decimal[] ahead)
    {
        var (squares, days) = (0.0, profile.Sum(same => same.Count));
        foreach (var same in profile)
        {
            var mean = same.Average();
            squares += same.Sum(amount => Math.Pow((double)(amount - mean), 2));
        }
        var ofOneDay = squares / (days - Weekdays);
        return ofOneDay * Enumerable.Range(0, Weekdays).Sum(i =>
            (double)ahead[i] + (Math.Pow((double)ahead[i], 2) / profile[i].Count));
    }

    private static decimal Round(decimal amount) => decimal.Round(amount, Cents, MidpointRounding.AwayFromZero);
}
