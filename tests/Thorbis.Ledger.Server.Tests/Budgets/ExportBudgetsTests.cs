using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Budgets;

[Collection<BudgetLedgerTests>]
public sealed class ExportBudgetsTests(BudgetHost ledger)
{
    [Fact]
    public async Task The_file_has_a_row_per_budget_and_what_is_not_known_is_empty()
    {
        var (company, billing, budget) = await ledger.BudgetAsync(200);
        await ledger.SpendAsync(company, 170.5m, tell: false);
        await ledger.SpendAsync(company, 3, currency: "EUR", tell: false);
        await ledger.Evaluator.EvaluateAsync(company, forecasts: true, TestContext.Current.CancellationToken);
        (await billing.PostAsync("budgets", new { name = "=none", source = "deck", limit = 0, currency = "EUR" }))
            .Is(201);
        var shown = (await billing.GetAsync("budgets")).Is(200).Items[0];

        var file = (await billing.GetAsync(
            "exports/budgets.csv?zone=UTC&columns=budget_id,name,source,period,period_zone,limit,currency,spend,"
            + "percent,other_currencies,forecast,forecast_low,forecast_high,forecast_days,"
            + "thresholds,crossings")).Is(200);

        var lines = file.Content.Split("\r\n");
        var crossedAt = shown.GetProperty("crossings")[0].GetProperty("crossedAt").GetString()!;
        Assert.Equal(
            $"{budget["budgets/".Length..]},Calls,carrier,{BudgetHost.Text(ledger.Period)},America/New_York,200,USD,"
            + $"170.5,85.3,3 EUR,,,,0,80; 100,80 {crossedAt.Replace("Z", "+00:00", StringComparison.Ordinal)}",
            lines[1]);
        Assert.EndsWith(
            $",'=none,deck,{BudgetHost.Text(ledger.Period)},America/New_York,0,EUR,0,,,,,,0,80; 100,", lines[2]);
    }

    [Fact]
    public async Task A_forecast_stands_in_the_file_with_its_interval()
    {
        var (company, billing, _) = await ledger.BudgetAsync(1000);
        var zone = DateTimeZoneProviders.Tzdb["America/New_York"];
        var today = ledger.Time.GetCurrentInstant().InZone(zone).Date;
        for (var days = 1; days <= 20; days++)
        {
            await ledger.SpendAsync(company, 10 + (days % 3), today.PlusDays(-days), tell: false);
        }
        var forecast = (await billing.GetAsync("budgets")).Is(200).Items[0].GetProperty("forecast");

        var file = (await billing.GetAsync(
            "exports/budgets.csv?columns=forecast,forecast_low,forecast_high,forecast_days")).Is(200);

        Assert.Equal(
            $"{forecast.GetProperty("expected")},{forecast.GetProperty("low")},{forecast.GetProperty("high")},20",
            file.Content.Split("\r\n")[1]);
    }

    [Fact]
    public async Task The_manifest_stands_at_the_costs_and_adds_up_nothing()
    {
        var (_, billing, _) = await ledger.BudgetAsync(200);

        var manifest = (await billing.GetAsync("exports/budgets.manifest.json")).Is(200).Body;

        Assert.Equal((1, 0, 1), (
            manifest.GetProperty("rows").GetInt32(), manifest.GetProperty("totals").GetArrayLength(),
            manifest.GetProperty("from").GetInt32()));
        (await (await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager)).GetAsync("exports/budgets.csv"))
            .IsProblem(403, "forbidden");
    }
}
