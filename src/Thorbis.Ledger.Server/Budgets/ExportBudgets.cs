using System.Globalization;
using NodaTime.Text;
using Npgsql;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>Takes no parameters of its own.</summary>
public sealed record BudgetsAsk;

/// <summary>The budgets of GET /budgets, one row each; docs/exports.md says what each column holds.</summary>
public static class ExportBudgets
{
    private const string Separator = "; ";

    public static readonly Export Export = new Export<BudgetsAsk>(
        "budgets", "The company's budgets as CSV with spend, forecast and crossings of this month, one row each.",
        "Retired ones are left out. Spend and forecast are those of the moment.", Open);

    private static ExportFile Open(BudgetsAsk ask, ExportScope scope) => scope.File(
        Columns(new(scope.Zone)), until: null,
        async (connection, stop) => await ReadAsync(connection, scope, stop)) with
    {
        AsOfSql = ReadModelProgress.CostsSql,
    };

    private static Task<IReadOnlyList<BudgetView>> ReadAsync(
        NpgsqlConnection connection, ExportScope scope, CancellationToken stop) =>
        new BudgetReading(connection, scope.Company, scope.Now.InZone(scope.Home)).ListAsync(stop);

    private static ExportColumn<BudgetView>[] Columns(ZonedText times) =>
    [
        RowColumn.Word("budget_id", (BudgetView budget) => budget.BudgetId.ToString()),
        RowColumn.Text("name", (BudgetView budget) => budget.Name),
        RowColumn.Integer("version", (BudgetView budget) => budget.Version, summed: false),
        RowColumn.Word("source", (BudgetView budget) => Words.Of(budget.Source)),
        RowColumn.Text("number", (BudgetView budget) => budget.Number),
        RowColumn.Text("cost_centre", (BudgetView budget) => budget.CostCentre),
        RowColumn.Word("period", (BudgetView budget) => LocalDatePattern.Iso.Format(budget.Period)),
        RowColumn.Word("period_zone", (BudgetView budget) => budget.Zone),
        RowColumn.Amount("limit", (BudgetView budget) => budget.Limit),
        RowColumn.Word("currency", (BudgetView budget) => budget.Currency),
        RowColumn.Amount("spend", (BudgetView budget) => budget.Spend),
        RowColumn.Amount("percent", (BudgetView budget) => budget.Percent),
        RowColumn.Word("other_currencies", (BudgetView budget) => Joined(
            budget.OtherCurrencies, spend => $"{Number(spend.Amount)} {spend.Currency}")),
        RowColumn.Amount("forecast", (BudgetView budget) => budget.Forecast.Expected),
        RowColumn.Amount("forecast_low", (BudgetView budget) => budget.Forecast.Low),
        RowColumn.Amount("forecast_high", (BudgetView budget) => budget.Forecast.High),
        RowColumn.Integer("forecast_days", (BudgetView budget) => budget.Forecast.HistoryDays, summed: false),
        RowColumn.Text("forecast_reason", (BudgetView budget) => budget.Forecast.Reason),
        RowColumn.Word("thresholds", (BudgetView budget) => Joined(
            budget.Thresholds, percent => Number(percent))),
        RowColumn.Flag("forecast_alert", (BudgetView budget) => budget.ForecastAlert),
        RowColumn.Word("crossings", (BudgetView budget) => Joined(
            budget.Crossings, crossing => Text(crossing, times))),
        RowColumn.Time("defined_at", (BudgetView budget) => budget.DefinedAt),
        RowColumn.Word("defined_by", (BudgetView budget) => budget.DefinedBy),
    ];

    private static string Text(CrossingView crossing, ZonedText times)
    {
        var what = crossing.ByForecast ? "forecast" : Number(crossing.Threshold);
        return $"{what} {times.Format(crossing.CrossedAt)}";
    }

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Joined<T>(IEnumerable<T> items, Func<T, string> text) =>
        string.Join(Separator, items.Select(text));
}
