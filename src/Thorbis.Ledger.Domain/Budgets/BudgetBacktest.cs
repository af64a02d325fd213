using NodaTime;

namespace Thorbis.Ledger.Domain.Budgets;

/// <summary>An alert that there would have been.</summary>
/// <param name="Threshold">Percent of the limit; null for the forecast's.</param>
/// <param name="Day">The day whose spend reached it; of a forecast, the day on whose start it was made.</param>
/// <param name="Spend">Of the month: with that day; of a forecast, before it.</param>
public sealed record BacktestAlert(int? Threshold, LocalDate Day, decimal Spend);

/// <summary>One month under a budget's present terms.</summary>
/// <param name="Period">First day of the month.</param>
/// <param name="Percent">Of the limit, at the end; null of a limit of 0.</param>
public sealed record BacktestMonth(
    LocalDate Period, decimal Spend, decimal? Percent, IReadOnlyList<BacktestAlert> Alerts);

/// <summary>Which alerts past traffic would have given, had the budget been as it is now.</summary>
public static class BudgetBacktest
{
    public const int Months = 12;

    /// <param name="days">Sums of days, ascending, with <see cref="SpendForecast.WindowDays"/> before the first month
    /// for the forecasts; a day that is missing is one without spend.</param>
    /// <param name="present">First day of the present month; the twelve complete ones before it are looked at.</param>
    public static IReadOnlyList<BacktestMonth> Of(
        Budget budget, IReadOnlyList<(LocalDate Day, decimal Amount)> days, LocalDate present, DateTimeZone zone) =>
        [
            .. Enumerable.Range(1, Months).Reverse()
                .Select(ago => Month(budget, days, present.PlusMonths(-ago), zone)),
        ];

    private static BacktestMonth Month(
        Budget budget, IReadOnlyList<(LocalDate Day, decimal Amount)> days, LocalDate period, DateTimeZone zone)
    {
        var (alerts, told, spend) = (new List<BacktestAlert>(), new HashSet<int>(), 0m);
        var byDay = days.ToDictionary(day => day.Day, day => day.Amount);
        var forecast = budget.Terms.ForecastAlert;
        for (var day = period; day.Month == period.Month; day = day.PlusDays(1))
        {
            var start = day.AtStartOfDayInZone(zone);
            if (forecast && SpendForecast.Of(spend, days, start) is var expected
                && Crossings.OfForecast(budget, period, spend, expected, start.ToInstant()) is not null)
            {
                alerts.Add(new(null, day, spend));
                forecast = false;
            }
            spend += byDay.GetValueOrDefault(day);
            foreach (var crossed in Crossings.Of(budget, period, spend, told, start.ToInstant()))
            {
                told.Add(crossed.Threshold);
                alerts.Add(new(crossed.Threshold, day, spend));
            }
        }
        return new(period, spend, budget.Terms.PercentOf(spend), alerts);
    }
}
