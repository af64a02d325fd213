using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Budgets;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Notifications;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Budgets;

/// <summary>From the costs that cross to whom it is told.</summary>
[Collection<BudgetLedgerTests>]
public sealed class BudgetAlertTests(BudgetHost ledger)
{
    [Fact]
    public async Task A_crossing_is_handed_over_by_mail_and_signed_webhook_within_two_seconds()
    {
        await using var listener = await WebhookListener.StartAsync();
        var address = ledger.Unique("ap") + "@acme.example";
        var (company, _, budget) = await ledger.BudgetAsync(100, false, address);
        var admin = await ledger.MemberAsync(company, Role.Admin);
        var secret = (await admin.PostAsync("webhook-endpoints", new { url = listener.Url })).Is(201).Text("secret");
        await ledger.SpendAsync(company, 79.99m);
        var since = Stopwatch.GetTimestamp();

        await ledger.SpendAsync(company, 1.02m);
        await LedgerHost.UntilAsync(() => Task.FromResult(
            !listener.Heard.IsEmpty && ledger.Mail.Received.Any(mail => mail.To.Contains(address))));

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 2);
        var mail = Assert.Single(ledger.Mail.Received, mail => mail.To.Contains(address));
        Assert.Equal("Budget Calls: 80 % of the limit for March 2026 reached", mail.Header("Subject"));
        Assert.Contains("Spend:    81.01 USD\r\n", mail.Text, StringComparison.Ordinal);
        var webhook = Assert.Single(listener.Heard);
        // By hand, as the specification writes it: nothing of the ledger's own code.
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{webhook.Id}.{webhook.Timestamp}.{webhook.Body}");
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)), webhook.Signature);
        var told = JsonDocument.Parse(webhook.Body).RootElement;
        Assert.Equal(("budget_threshold_crossed", company, 80, 81.01m), (
            told.GetProperty("type").GetString(), told.GetProperty("company").GetString(),
            told.GetProperty("data").GetProperty("threshold").GetInt32(),
            told.GetProperty("data").GetProperty("spend").GetDecimal()));
        Assert.Equal(["budget_defined", "budget_threshold_crossed"], await ledger.FactsAsync(
            company, "budget/" + budget["budgets/".Length..]));
    }

    [Fact]
    public async Task A_webhook_whose_cost_crosses_a_limit_is_told_of_within_two_seconds()
    {
        var address = ledger.Unique("ap") + "@acme.example";
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var billing = await traffic.AsAsync(Role.Billing);
        (await billing.PostAsync("budgets", BudgetHost.Request(0.012m, false, [address]))).Is(201);
        await traffic.MessageAsync(Webhooks.Telnyx.Noon, "hi", "+14155550101");
        await traffic.Telnyx.SettleAsync();
        Assert.Empty(await ledger.CrossingFactsAsync(traffic.Company));
        var since = Stopwatch.GetTimestamp();

        await traffic.MessageAsync(Webhooks.Telnyx.Noon, "hi", "+14155550101");
        await LedgerHost.UntilAsync(() => Task.FromResult(
            ledger.Mail.Received.Any(mail => mail.To.Contains(address))));

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 2);
        Assert.Single(await ledger.CrossingFactsAsync(traffic.Company));
    }

    [Fact]
    public async Task While_costs_change_a_hundred_times_a_second_a_crossing_is_handed_over_within_two_seconds()
    {
        var address = ledger.Unique("ap") + "@acme.example";
        var (company, _, _) = await ledger.BudgetAsync(100, false, address);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var changes = new List<Task>();
        long crossed = 0;

        for (var change = 0; !ledger.Mail.Received.Any(mail => mail.To.Contains(address)); change++)
        {
            Assert.InRange(change, 0, 400);
            changes.Add(ledger.SpendAsync(company, change == 100 ? 80 : 0.0001m));
            crossed = change == 100 ? Stopwatch.GetTimestamp() : crossed;
            await timer.WaitForNextTickAsync(Stop);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(crossed).TotalSeconds, 0, 2);
        await Task.WhenAll(changes);
    }

    [Fact]
    public async Task Evaluated_on_two_nodes_at_once_a_threshold_is_crossed_and_told_once()
    {
        var address = ledger.Unique("ap") + "@acme.example";
        var (company, _, _) = await ledger.BudgetAsync(100, false, address);
        var other = ActivatorUtilities.CreateInstance<BudgetEvaluator>(ledger.Host.Services);
        await ledger.SpendAsync(company, 150, tell: false);

        var recorded = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => (i % 2 == 0 ? ledger.Evaluator : other).EvaluateAsync(company, forecasts: false, Stop))));

        // The host's own watch may have been first.
        Assert.InRange(recorded.Sum(), 0, 2);
        Assert.Equal(2, (await ledger.CrossingFactsAsync(company)).Count);
        Assert.Equal(2, await ledger.ScalarAsync(
            "select count(*) from platform.delivery where tenant_id = $1", company));
    }

    [Fact]
    public async Task What_is_a_fact_already_is_not_recorded_again_and_a_lost_row_comes_back_from_it()
    {
        var (company, _, _) = await ledger.BudgetAsync(100);
        await ledger.SpendAsync(company, 150, tell: false);
        await TellsAsync(company, 2);
        const string rows = "select c::text from ledger.budget_crossing c where tenant_id = $1 order by threshold";
        var before = await ledger.RowsAsync(rows, company);
        await ledger.RowsAsync("delete from ledger.budget_crossing where tenant_id = $1", company);

        await TellsAsync(company, 2);

        Assert.Equal(2, before.Count);
        Assert.Equal(before, await ledger.RowsAsync(rows, company));
    }

    [Fact]
    public async Task A_late_correction_takes_no_crossing_back_and_is_shown_beside_it()
    {
        var (company, billing, budget) = await ledger.BudgetAsync(100);
        await ledger.SpendAsync(company, 85, tell: false);
        await TellsAsync(company, 1);

        await ledger.SpendAsync(company, -20, tell: false);
        await TellsAsync(company, 1);

        var shown = (await billing.GetAsync(budget)).Is(200).Body;
        var crossing = Assert.Single(shown.GetProperty("crossings").EnumerateArray());
        Assert.Equal((65m, 65m, 85m, 65m, true), (
            shown.GetProperty("spend").GetDecimal(), shown.GetProperty("percent").GetDecimal(),
            crossing.GetProperty("spend").GetDecimal(), crossing.GetProperty("spendNow").GetDecimal(),
            crossing.GetProperty("belowNow").GetBoolean()));
        await ledger.SpendAsync(company, 20, tell: false);
        await TellsAsync(company, 1);
    }

    [Fact]
    public async Task A_limit_of_0_is_crossed_by_the_first_spend_and_not_before()
    {
        var (company, _, _) = await ledger.BudgetAsync(0);
        await TellsAsync(company, 0);

        await ledger.SpendAsync(company, 0.0001m, tell: false);

        await TellsAsync(company, 2);
    }

    [Fact]
    public async Task Costs_that_come_after_the_month_cross_its_thresholds_but_not_of_months_before_the_budget()
    {
        var (company, _, _) = await ledger.BudgetAsync(100);
        await ledger.SpendAsync(company, 500, ledger.Period.PlusDays(-1), tell: false);
        await TellsAsync(company, 0);
        await ledger.RowsAsync("""
            update ledger.budget set state = jsonb_set(state::jsonb, '{definedAt}', '"2026-01-01T00:00:00Z"')::text
            where tenant_id = $1
            """, company);

        await TellsAsync(company, 2);
        Assert.Equal([BudgetHost.Text(ledger.Period.PlusMonths(-1))], await ledger.RowsAsync(
            "select distinct period::text from ledger.budget_crossing where tenant_id = $1", company));
    }

    [Fact]
    public async Task An_expected_excess_is_told_of_once()
    {
        var address = ledger.Unique("ap") + "@acme.example";
        var (company, billing, budget) = await ledger.BudgetAsync(1_000, true, address);
        var today = ledger.Time.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).Date;
        for (var ago = 20; ago > 0; ago--)
        {
            await ledger.SpendAsync(company, 40, today.PlusDays(-ago), tell: false);
        }

        var recorded = await ledger.Evaluator.EvaluateAsync(company, forecasts: true, Stop);
        var again = await ledger.Evaluator.EvaluateAsync(company, forecasts: true, Stop);

        Assert.Equal((1, 0), (recorded, again));
        Assert.Equal(["budget_forecast_crossed"], await ledger.CrossingFactsAsync(company));
        await LedgerHost.UntilAsync(() => Task.FromResult(
            ledger.Mail.Received.Any(mail => mail.To.Contains(address))));
        var shown = (await billing.GetAsync(budget)).Is(200).Body;
        Assert.InRange(shown.GetProperty("forecast").GetProperty("expected").GetDecimal(), 1_000, 1_300);
        Assert.True(shown.GetProperty("crossings")[0].GetProperty("byForecast").GetBoolean());
    }

    [Fact]
    public async Task Spend_in_another_currency_or_of_another_number_is_not_counted()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var billing = await ledger.MemberAsync(company, Role.Billing);
        var request = new { name = "Desk", source = "carrier", limit = 10, currency = "EUR", number };
        var budget = (await billing.PostAsync("budgets", request)).Is(201).Text("budgetId");
        await ledger.SpendAsync(company, 7, number: number, currency: "EUR", tell: false);
        await ledger.SpendAsync(company, 50, number: number, tell: false);
        await ledger.SpendAsync(company, 90, number: "+12025550999", currency: "EUR", tell: false);

        await TellsAsync(company, 0);

        var shown = (await billing.GetAsync($"budgets/{budget}")).Is(200).Body;
        Assert.Equal((7m, 70m), (
            shown.GetProperty("spend").GetDecimal(), shown.GetProperty("percent").GetDecimal()));
        var other = Assert.Single(shown.GetProperty("otherCurrencies").EnumerateArray());
        Assert.Equal((50m, "USD"), (
            other.GetProperty("amount").GetDecimal(), other.GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task No_row_of_a_companys_budgets_and_notices_is_seen_by_another()
    {
        await using var listener = await WebhookListener.StartAsync();
        var (company, _, _) = await ledger.BudgetAsync(100, false, ledger.Unique("ap") + "@acme.example");
        var admin = await ledger.MemberAsync(company, Role.Admin);
        (await admin.PostAsync("webhook-endpoints", new { url = listener.Url })).Is(201);
        await ledger.SpendAsync(company, 90);
        await LedgerHost.UntilAsync(async () => await ledger.ScalarAsync(
            "select count(*) from platform.delivery_attempt where tenant_id = $1", company) == 2);
        var stranger = await ledger.CompanyAsync();
        string[] tables =
        [
            "ledger.budget", "ledger.budget_crossing", "ledger.cost_month", "ledger.cost_day", "platform.recipient",
            "platform.webhook_endpoint", "platform.delivery", "platform.delivery_attempt",
        ];

        foreach (var table in tables)
        {
            Assert.NotEqual(0, await CountAsync(company, table));
            Assert.Equal(0, await CountAsync(stranger, table));
        }
    }

    private Task<long> CountAsync(string company, string table) => ledger.Database.ReadAsync(
        company, async connection =>
        {
            await using var command = new NpgsqlCommand($"select count(*) from {table}", connection);
            return (long)(await command.ExecuteScalarAsync(Stop))!;
        }, Stop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Looked at now, it has told of so many crossings, whoever looked first.</summary>
    private async Task TellsAsync(string company, int crossings)
    {
        await ledger.Evaluator.EvaluateAsync(company, forecasts: false, Stop);

        Assert.Equal(crossings, (await ledger.CrossingFactsAsync(company)).Count);
    }
}
