using NodaTime;

namespace Thorbis.Ledger.Domain.Budgets;

/// <summary>What a spend crosses. The same spend seen again, or a lower one, crosses nothing.</summary>
public static class Crossings
{
    private const string ThresholdFact = "budget_threshold_crossed";
    private const string ForecastFact = "budget_forecast_crossed";

    /// <summary>The thresholds that a period's spend has reached and that were not told of, ascending.</summary>
    /// <remarks>
    /// Reached is spend at or above the threshold's part of the limit, and above 0: of a limit of 0 every part is 0,
    /// so the first spend reaches all thresholds at once.
    /// </remarks>
    /// <param name="period">First day of the month, in the company's zone.</param>
    /// <param name="told">The thresholds told of in this period already, whatever the limit was then.</param>
    public static IReadOnlyList<BudgetThresholdCrossed> Of(
        Budget budget, LocalDate period, decimal spend, IReadOnlyCollection<int> told, Instant now) => spend <= 0 ? [] :
        [
            .. budget.Terms.Thresholds
                .Where(percent => spend * 100 >= budget.Terms.Limit * percent && !told.Contains(percent))
                .Select(percent => new BudgetThresholdCrossed(
                    budget.BudgetId, now, period, percent, spend, budget.Terms.Limit, budget.Terms.Currency,
                    budget.Version)),
        ];

    /// <summary>The forecast's own crossing: expected at or above the limit, spend still below it; else null.</summary>
    public static BudgetForecastCrossed? OfForecast(
        Budget budget, LocalDate period, decimal spend, SpendForecast forecast, Instant now) =>
        budget.Terms.ForecastAlert && forecast is { Expected: { } expected, Low: { } low, High: { } high }
        && spend < budget.Terms.Limit && expected >= budget.Terms.Limit
            ? new(
                budget.BudgetId, now, period, spend, expected, low, high, budget.Terms.Limit, budget.Terms.Currency,
                budget.Version)
            : null;

    /// <summary>The id of a crossing: the same crossing always has the same, so it is recorded once for good.</summary>
    public static Guid IdOf(string company, BudgetFact crossing) => crossing switch
    {
        BudgetThresholdCrossed crossed =>
            Id(company, crossed, ThresholdFact, $"{crossed.Period:R}/{crossed.Threshold}"),
        BudgetForecastCrossed crossed => Id(company, crossed, ForecastFact, $"{crossed.Period:R}"),
        _ => throw new ArgumentException($"{crossing.GetType().Name} is no crossing.", nameof(crossing)),
    };

    private static Guid Id(string company, BudgetFact crossing, string name, string key) =>
        FactId.For(company, $"budget/{crossing.BudgetId}", name, key, revision: 0);
}
