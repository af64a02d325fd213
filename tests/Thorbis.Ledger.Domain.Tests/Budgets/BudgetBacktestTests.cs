using NodaTime;
using Thorbis.Ledger.Domain.Budgets;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Budgets;

public sealed class BudgetBacktestTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDate Present = new(2026, 11, 1);

    [Fact]
    public void Each_of_the_last_twelve_months_tells_what_it_would_have_told()
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(100, 50, 100));
        // Nothing but two months: one that reaches 100 % on its last day, and the present one, which does not count.
        (LocalDate, decimal)[] days =
        [
            (new(2026, 2, 10), 49.99m), (new(2026, 2, 11), 0.01m), (new(2026, 2, 28), 50), (new(2026, 11, 1), 1_000),
        ];

        var months = BudgetBacktest.Of(budget, days, Present, Berlin);

        Assert.Equal((12, new LocalDate(2025, 11, 1), new LocalDate(2026, 10, 1)), (
            months.Count, months[0].Period, months[^1].Period));
        var told = Assert.Single(months, month => month.Alerts.Count > 0);
        Assert.Equal((new LocalDate(2026, 2, 1), 100m, 100m), (told.Period, told.Spend, told.Percent));
        Assert.Equal(
            [new BacktestAlert(50, new(2026, 2, 11), 50m), new BacktestAlert(100, new(2026, 2, 28), 100m)],
            told.Alerts);
    }

    [Fact]
    public void A_credit_takes_no_alert_back()
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(100, 100));
        (LocalDate, decimal)[] days =
            [(new(2026, 6, 3), 100), (new(2026, 6, 4), -60), (new(2026, 6, 5), 70)];

        var june = BudgetBacktest.Of(budget, days, Present, Berlin).Single(month => month.Period.Month == 6);

        Assert.Equal(new BacktestAlert(100, new(2026, 6, 3), 100), Assert.Single(june.Alerts));
        Assert.Equal(110m, june.Spend);
    }

    [Fact]
    public void A_limit_of_0_tells_of_the_first_day_with_a_spend()
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(0));
        (LocalDate, decimal)[] days = [(new(2026, 6, 3), 0), (new(2026, 6, 9), 0.0001m)];

        var june = BudgetBacktest.Of(budget, days, Present, Berlin).Single(month => month.Alerts.Count > 0);

        Assert.Equal([80, 100], june.Alerts.Select(alert => alert.Threshold!.Value));
        Assert.All(june.Alerts, alert => Assert.Equal(9, alert.Day.Day));
        Assert.Null(june.Percent);
    }

    [Fact]
    public void A_forecast_tells_before_the_spend_does_and_once_a_month()
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(62, 100) with { ForecastAlert = true });
        // Two a day in September: 60 are expected of it, 62 of a month of 31 days.
        var days = SpendForecastTests.Days(new(2026, 8, 18), 75, _ => 2);

        var months = BudgetBacktest.Of(budget, days, Present, Berlin);

        Assert.Empty(months.Single(month => month.Period.Month == 9).Alerts);
        Assert.Equal(
            [new BacktestAlert(null, new(2026, 10, 1), 0), new BacktestAlert(100, new(2026, 10, 31), 62)],
            months.Single(month => month.Period.Month == 10).Alerts);
    }
}
