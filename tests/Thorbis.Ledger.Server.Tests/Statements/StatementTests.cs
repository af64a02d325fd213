using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Statements;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Statements;

[Collection<LedgerTests>]
public sealed class StatementTests(LedgerHost ledger)
{
    // Numbers are held from the start of 2026 in UTC: in New York that is the last evening of 2025.
    [Fact]
    public async Task A_closed_month_keeps_its_bytes_and_what_comes_late_adjusts_the_next()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        await CloseAsync(billing, "2025-12", "2026-01", "2026-02");

        var march = (await CloseAsync(billing, "2026-03"))[0];
        var file = (await billing.GetAsync("statements/2026-03/lines.csv")).Is(200);
        await traffic.TellAsync("call.cost", leg, Telnyx.Noon + Duration.FromMinutes(2), """
            ,"status":"success","total_cost":"0.0106","cost_parts":[
            {"call_part":"sip-trunking","cost":"0.0106","currency":"USD"}]
            """);
        await traffic.Telnyx.SettleAsync();
        var april = (await CloseAsync(billing, "2026-04"))[0];

        Assert.Equal(["deck USD 2 1.012 0 1.01"], Totals(march));
        Assert.Equal(
            march.GetProperty("sha256").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Content))));
        var again = (await billing.GetAsync("statements/2026-03/lines.csv")).Is(200);
        Assert.Equal(file.Content, again.Content);
        Assert.Equal(["carrier USD 1 0.0106 0.0106 0.01", "deck USD 1 1 0 1"], Totals(april));
        var lines = (await billing.GetAsync("statements/2026-04/lines.csv")).Is(200).Content.Split("\r\n");
        Assert.Equal(["adjusts", "", "2026-03", ""], lines.Select(line => line.Split(',')[0]));
        Assert.Equal(march.GetRawText(), (await CloseAsync(billing, "2026-03"))[0].GetRawText());
    }

    [Fact]
    public async Task Lines_read_anew_give_the_same_bytes()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        var closed = await CloseAsync(billing, "2025-12", "2026-01", "2026-02", "2026-03");
        using var bytes = new MemoryStream();
        var csv = new StatementCsv(
            traffic.Company, new(2026, 3, 1), DateTimeZoneProviders.Tzdb["America/New_York"],
            closed[2].GetProperty("sequence").GetInt64(), closed[3].GetProperty("sequence").GetInt64());

        await ledger.Database.ReadAsync(traffic.Company, async connection =>
        {
            await csv.WriteAsync(bytes, connection, TestContext.Current.CancellationToken);
            return 0;
        }, TestContext.Current.CancellationToken);

        Assert.Equal(
            closed[3].GetProperty("sha256").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())));
    }

    /// <summary>One reads what is settled, and waits while another closes the month before.</summary>
    [Fact]
    public async Task Two_months_closed_at_once_never_state_a_line_twice()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.Telnyx.SettleAsync();
        var settledBefore = await ledger.ScalarAsync("select max(seq_id) from ledger.mt_events");
        // In New York this is still 2025.
        await traffic.AnsweredCallAsync(Instant.FromUtc(2026, 1, 1, 2, 0));
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);

        await CloseAsync(billing, "2025-12");
        await ledger.Host.Services.GetRequiredService<StatementCloser>().CloseAsync(
            traffic.Company, new(2026, 1, 1), "user:other", null, settledBefore,
            TestContext.Current.CancellationToken);
        await CloseAsync(billing, "2026-02");

        var lines = new List<string>();
        foreach (var month in (string[])["2025-12", "2026-01", "2026-02"])
        {
            var file = (await billing.GetAsync($"statements/{month}/lines.csv")).Is(200).Content;
            lines.AddRange(file.Split("\r\n")[1..^1].Select(line => line.Split(',')[1]));
        }
        Assert.Equal(lines.Distinct(), lines);
        Assert.Equal(
            await ledger.ScalarAsync("""
                select count(*) from ledger.cost_line where tenant_id = $1 and occurred_at < '2026-03-01T05:00:00Z'
                """, traffic.Company),
            lines.Count);
    }

    [Fact]
    public async Task Months_close_in_order_and_the_check_says_what_is_open()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.OpenCallAsync(Telnyx.Noon);
        await traffic.OpenCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);

        var refused = (await billing.PostAsync("statements/2026-03/close", new { })).IsProblem(422, "invalid");
        var check = (await billing.GetAsync("statements/2026-03/check")).Is(200).Body;

        Assert.Contains("2025-12 is next", refused.Content);
        Assert.Equal((true, false, 2, 1), (
            check.GetProperty("ended").GetBoolean(), check.GetProperty("isNext").GetBoolean(),
            check.GetProperty("callsWithoutEnd").GetInt64(), check.GetProperty("callsWithoutCost").GetInt64()));
        (await billing.GetAsync("statements/2026-03")).IsProblem(404, "not-found");
        (await billing.PostAsync("statements/2026-13/close", new { })).IsProblem(404, "not-found");
        (await (await traffic.AsAsync(Role.Auditor)).PostAsync("statements/2026-01/close", new { })).Is(403);
    }

    [Fact]
    public async Task A_second_person_closes_what_one_has_proposed()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.Telnyx.SettleAsync();
        var (billing, admin) = (await traffic.AsAsync(Role.Billing), await traffic.AsAsync(Role.Admin));
        (await billing.PutAsync("statements/rules", new { secondPerson = true })).Is(204);

        (await billing.PostAsync("statements/2025-12/close", new { reason = "month end" })).Is(202);
        (await billing.PostAsync("statements/2025-12/close", new { })).IsProblem(422, "invalid");
        var closed = (await admin.PostAsync("statements/2025-12/close", new { })).Is(200);

        Assert.Equal("2025-12-01", closed.Text("month"));
    }

    [Fact]
    public async Task The_clock_closes_every_month_that_is_due()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        (await billing.PutAsync("statements/rules", new { secondPerson = false, closeAfterDays = 3 })).Is(204);
        (await billing.PutAsync("statements/rules", new { secondPerson = true, closeAfterDays = 3 }))
            .IsProblem(422, "invalid");

        await ledger.Host.Services.GetRequiredService<StatementClock>()
            .CloseDueAsync(TestContext.Current.CancellationToken);

        var list = (await billing.GetAsync("statements")).Is(200).Body;
        var closed = list.GetProperty("closed").EnumerateArray().ToList();
        Assert.Equal("2025-12-01", closed[^1].GetProperty("month").GetString());
        Assert.All(closed, month => Assert.Equal("clock", month.GetProperty("by").GetString()));
        var now = ledger.Clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).Date;
        var due = now.PlusDays(-3).PlusMonths(-1);
        Assert.Equal($"{due:uuuu-MM}-01", closed[0].GetProperty("month").GetString());
    }

    [Theory]
    [InlineData("folder", "destinations[0]", "Statements__FolderRoot")]
    [InlineData("s3", "destinations[0].bucket", "Statements__S3Buckets")]
    public async Task Where_the_operator_offers_no_folder_or_bucket_none_is_taken(
        string kind, string field, string setting)
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        object[] destinations = [new { kind, path = "books", bucket = "books", region = "eu-central-1" }];

        var refused = await billing.PutAsync("statements/rules", new { secondPerson = false, destinations });

        var error = Assert.Single(refused.IsProblem(422, "invalid").Body.GetProperty("errors").EnumerateObject());
        Assert.Equal(field, error.Name);
        Assert.Contains(setting, error.Value[0].GetString(), StringComparison.Ordinal);
    }

    private static async Task<List<JsonElement>> CloseAsync(Caller caller, params string[] months)
    {
        var closed = new List<JsonElement>();
        foreach (var month in months)
        {
            var answer = await caller.PostAsync($"statements/{month}/close", new { reason = "month end" });
            closed.Add(answer.Is(200).Body);
        }
        return closed;
    }

    private static IEnumerable<string> Totals(JsonElement statement) =>
        statement.GetProperty("totals").EnumerateArray().Select(total => string.Join(
            ' ', new[] { "source", "currency", "lines", "exact", "adjustments", "rounded" }
                .Select(name => total.GetProperty(name).ToString())));
}
