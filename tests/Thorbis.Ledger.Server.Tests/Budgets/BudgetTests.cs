using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Budgets;

[Collection<BudgetLedgerTests>]
public sealed class BudgetTests(BudgetHost ledger)
{
    [Fact]
    public async Task A_budget_is_listed_with_its_spend_percent_and_why_there_is_no_forecast()
    {
        var (company, billing, budget) = await ledger.BudgetAsync(200, false, "Ap@Acme.example", "ap@acme.example");
        await ledger.SpendAsync(company, 50, tell: false);

        var shown = Assert.Single((await billing.GetAsync("budgets")).Is(200).Items);

        Assert.Equal(("Calls", 1, 50m, 25m, "America/New_York"), (
            shown.GetProperty("name").GetString(), shown.GetProperty("version").GetInt32(),
            shown.GetProperty("spend").GetDecimal(), shown.GetProperty("percent").GetDecimal(),
            shown.GetProperty("zone").GetString()));
        Assert.Equal(BudgetHost.Text(ledger.Period), shown.GetProperty("period").GetString());
        Assert.Equal([80, 100], shown.GetProperty("thresholds").EnumerateArray().Select(t => t.GetInt32()));
        Assert.Equal(["ap@acme.example"], shown.GetProperty("recipients").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(
            "14 complete days are needed; there are 0.",
            shown.GetProperty("forecast").GetProperty("reason").GetString());
        Assert.False(shown.GetProperty("forecast").TryGetProperty("expected", out _));
        Assert.EndsWith(shown.GetProperty("budgetId").GetString()!, budget, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_stands_in_no_fact()
    {
        var (company, _, _) = await ledger.BudgetAsync(200, false, "somebody.private@acme.example");

        Assert.Equal(0, await ledger.ScalarAsync(
            "select count(*) from ledger.mt_events where tenant_id = $1 and data::text like '%private%'", company));
    }

    [Fact]
    public async Task A_revision_needs_the_version_it_edits_and_a_stale_one_is_refused()
    {
        var (company, billing, budget) = await ledger.BudgetAsync(200);
        object Revision(int? version, decimal limit) =>
            new { name = "Calls", source = "carrier", limit, currency = "USD", version };

        (await billing.PutAsync(budget, Revision(null, 300))).IsProblem(422, "invalid");
        var revised = (await billing.PutAsync(budget, Revision(1, 300))).Is(200);
        (await billing.PutAsync(budget, Revision(1, 400))).IsProblem(409, "stale-edit");
        var same = (await billing.PutAsync(budget, Revision(2, 300))).Is(200);

        Assert.Equal((2, 2), (
            revised.Body.GetProperty("version").GetInt32(), same.Body.GetProperty("version").GetInt32()));

        Assert.Equal(300m, (await billing.GetAsync(budget)).Body.GetProperty("limit").GetDecimal());
        Assert.Equal(
            ["budget_defined", "budget_revised"],
            await ledger.FactsAsync(company, "budget/" + budget["budgets/".Length..]));
    }

    [Theory]
    [InlineData("limit", -1, null, null, null)]
    [InlineData("number", 1, "+12025559999", null, null)]
    [InlineData("thresholds", 1, null, new int[0], null)]
    [InlineData("recipients[1]", 1, null, null, new[] { "a@b.example", "x" })]
    public async Task A_field_that_cannot_be_taken_is_named_and_nothing_is_defined(
        string field, int limit, string? number, int[]? thresholds, string[]? recipients)
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        var request = new { name = "a", source = "deck", limit, currency = "USD", number, thresholds, recipients };

        var refused = (await billing.PostAsync("budgets", request)).IsProblem(422, "invalid");

        Assert.Equal(field, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Empty((await billing.GetAsync("budgets")).Items);
    }

    [Fact]
    public async Task A_retired_budget_is_watched_and_listed_no_more_but_can_be_looked_at()
    {
        var (company, billing, budget) = await ledger.BudgetAsync(1);

        (await billing.DeleteAsync(budget)).Is(204);
        (await billing.DeleteAsync(budget)).Is(204);
        await ledger.SpendAsync(company, 5, tell: false);

        Assert.Equal(0, await ledger.Evaluator.EvaluateAsync(
            company, forecasts: true, TestContext.Current.CancellationToken));
        Assert.Empty((await billing.GetAsync("budgets")).Items);
        Assert.NotNull((await billing.GetAsync(budget)).Is(200).Text("retiredAt"));
        (await billing.PutAsync(budget, new { name = "a", source = "deck", limit = 1, currency = "USD", version = 1 }))
            .IsProblem(409, "budget-retired");
    }

    [Fact]
    public async Task The_backtest_tells_what_last_years_traffic_would_have_told()
    {
        var (company, billing, budget) = await ledger.BudgetAsync(100);
        var before = ledger.Period.PlusMonths(-2);
        await ledger.SpendAsync(company, 60, before.PlusDays(3), tell: false);
        await ledger.SpendAsync(company, 30, before.PlusDays(9), tell: false);

        var backtest = (await billing.GetAsync($"{budget}/backtest")).Is(200).Body;

        var months = backtest.GetProperty("months").EnumerateArray().ToList();
        Assert.Equal((12, BudgetHost.Text(before.PlusDays(3))), (
            months.Count, backtest.GetProperty("firstDay").GetString()));
        var month = Assert.Single(months, month => month.GetProperty("alerts").GetArrayLength() > 0);
        var alert = Assert.Single(month.GetProperty("alerts").EnumerateArray());
        Assert.Equal((90m, 80, BudgetHost.Text(before.PlusDays(9))), (
            month.GetProperty("spend").GetDecimal(), alert.GetProperty("threshold").GetInt32(),
            alert.GetProperty("day").GetString()));
    }

    [Fact]
    public async Task Budgets_are_changed_by_owner_admin_and_billing_and_not_seen_by_members()
    {
        var (company, _, budget) = await ledger.BudgetAsync(100);
        foreach (var (role, reads, changes) in new[]
        {
            (Role.Owner, 200, 204), (Role.Admin, 200, 204), (Role.Manager, 200, 403), (Role.Member, 403, 403),
            (Role.Auditor, 200, 403),
        })
        {
            var member = await ledger.MemberAsync(company, role);
            (await member.GetAsync("budgets")).Is(reads);
            (await member.GetAsync($"{budget}/backtest")).Is(reads);
            (await member.DeleteAsync(budget)).Is(changes);
        }
    }

    [Fact]
    public async Task Another_companys_budget_is_not_there()
    {
        var (_, _, budget) = await ledger.BudgetAsync(100);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        (await stranger.GetAsync(budget)).IsProblem(404, "not-found");
        (await stranger.GetAsync($"{budget}/backtest")).IsProblem(404, "not-found");
        (await stranger.DeleteAsync(budget)).IsProblem(404, "not-found");
        (await stranger.PutAsync(budget, new { name = "a", source = "deck", limit = 1, currency = "USD", version = 1 }))
            .IsProblem(404, "not-found");
        Assert.Empty((await stranger.GetAsync("budgets")).Items);
    }
}
