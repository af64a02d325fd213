using System.Globalization;
using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Billing;

[Collection<LedgerTests>]
public sealed class CostTests(LedgerHost ledger)
{
    private const string March = "from=2026-03-01&to=2026-04-01";

    // 23:30 in New York, where it is still the tenth.
    private static readonly Instant Late = Instant.FromUtc(2026, 3, 11, 3, 30);

    [Fact]
    public async Task Carrier_and_deck_stand_side_by_side_and_every_grouping_adds_up_to_the_lines()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await CostedCallAsync(traffic, Telnyx.Noon, "0.0106");
        await CostedCallAsync(traffic, Late, "0.0052");
        await traffic.MessageAsync(Late, "hi", "+14155550101", "+442071838750");
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);

        var totals = Totals(await CostsAsync(billing, $"{March}&by=service"));

        // Two calls of 57 s by the started minute, two copies of two parts, and March's fee.
        Assert.Equal(["carrier USD 0.0209", "deck USD 1.054"], totals);
        Assert.Equal(
            await ledger.RowsAsync("""
                select source || ' ' || currency || ' ' || trim_scale(sum(amount)) from ledger.cost_line
                where tenant_id = $1 and occurred_at >= '2026-03-01 00:00-05' and occurred_at < '2026-04-01 00:00-04'
                group by source, currency order by 1
                """, traffic.Company),
            totals);
        var number = Uri.EscapeDataString(traffic.Number);
        foreach (var question in new[]
        {
            $"{March}&by=day", $"{March}&by=hour", $"{March}&by=week,number", $"{March}&by=month,direction",
            $"{March}&by=country,cost-centre", $"{March}&by=number,day&number={number}", March,
            "from=2026-03-01T05:00:00Z&to=2026-04-01T04:00:00Z&zone=Asia/Kolkata&by=service,day",
            "from=2026-03-01T05:00:00Z&to=2026-04-01T04:00:00Z&zone=Asia/Kolkata&by=number",
            "from=2026-03-01T04:45:00Z&to=2026-04-01T04:00:00Z&by=number",
            "from=2026-03-01T04:45:00Z&to=2026-04-01T04:00:00Z&by=country",
        })
        {
            var report = await CostsAsync(billing, question);
            Assert.Equal((question, string.Join(", ", totals)), (question, string.Join(", ", Totals(report))));
            Assert.Equal((question, string.Join(", ", totals)), (question, string.Join(", ", RowTotals(report))));
        }
    }

    [Fact]
    public async Task A_line_falls_on_the_day_of_its_call_in_the_zone_asked_for()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Late);
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);

        async Task<string> DayAsync(string zone) => (await CostsAsync(
            billing, $"from=2026-03-09T00:00:00-04:00&to=2026-03-13T00:00:00-04:00&by=day,service&zone={zone}"))
            .GetProperty("rows").EnumerateArray().Single().GetProperty("start").GetString()!;

        Assert.StartsWith("2026-03-10", await DayAsync("America/New_York"));
        Assert.StartsWith("2026-03-11", await DayAsync("Europe/Berlin"));
    }

    [Fact]
    public async Task A_corrected_cost_is_an_adjustment_and_the_former_total_can_still_be_asked_for()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await CostedCallAsync(traffic, Telnyx.Noon, "0.0106");
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        var before = await CostsAsync(billing, $"{March}&source=carrier");

        await traffic.TellAsync("call.cost", leg, Telnyx.Noon + Duration.FromMinutes(9), Cost("0.0146"));
        await traffic.Telnyx.SettleAsync();

        var sequence = before.GetProperty("asKnownSeq").GetInt64();
        Assert.Equal(["carrier USD 0.0146"], Totals(await CostsAsync(billing, $"{March}&source=carrier")));
        var then = await CostsAsync(billing, $"{March}&source=carrier&asKnownSeq={sequence}");
        Assert.Equal(["carrier USD 0.0106"], Totals(then));
        Assert.False(then.GetProperty("provisional").GetBoolean());
        var changes = (await billing.GetAsync($"costs/changes?{March}&sinceSeq={sequence}")).Is(200).Body;
        Assert.Equal(["carrier USD 0.004"], Totals(changes));
        var line = changes.GetProperty("lines").GetProperty("items").EnumerateArray().Single();
        Assert.Equal("adjustment", line.GetProperty("kind").GetString());
        var why = (await billing.GetAsync($"cost-lines/{line.GetProperty("lineId").GetString()}/why")).Is(200).Body;
        Assert.True(why.GetProperty("agrees").GetBoolean(), why.GetRawText());
        Assert.Equal(
            (0.0106m, 0.0146m), (AmountOf(why.GetProperty("before")), AmountOf(why.GetProperty("after"))));
    }

    [Fact]
    public async Task A_deck_line_explains_itself_down_to_the_signed_webhooks()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var auditor = await traffic.AsAsync(Role.Auditor);
        var line = Assert.Single((await auditor.GetAsync($"cost-lines?stream=call/s-{leg}")).Is(200).Items);

        var why = (await auditor.GetAsync($"cost-lines/{line.GetProperty("lineId").GetString()}/why")).Is(200).Body;

        Assert.True(why.GetProperty("agrees").GetBoolean(), why.GetRawText());
        Assert.Equal("0 + 0.012 × 60 / 60 = 0.012 USD", why.GetProperty("after").GetProperty("formula").GetString());
        Assert.Equal(
            ["call_initiated", "call_answered", "call_hung_up"],
            why.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("type").GetString()!));
        foreach (var fact in why.GetProperty("facts").EnumerateArray())
        {
            (await auditor.GetAsync(fact.GetProperty("evidence").GetString()!["/api/v1/".Length..])).Is(200);
        }
        Assert.Equal(0, why.GetProperty("deck").GetProperty("version").GetInt32());
        Assert.Equal("call_in/minute/any", line.GetProperty("rate").GetString());
    }

    [Fact]
    public async Task A_deck_in_force_since_the_past_re_rates_nothing_but_prices_what_comes_after_it()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        (await billing.PostAsync("rate-decks/default/versions", new
        {
            currency = "USD",
            reason = "dearer",
            activeFrom = "2026-01-01T00:00:00Z",
            rows = new[] { new { service = "callIn", unit = "minute", price = 1 } },
        })).Is(201);

        await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(1));
        await traffic.TellAsync("call.cost", leg, Telnyx.Noon + Duration.FromMinutes(2), Cost("0.0106"));
        await traffic.Telnyx.SettleAsync();

        var report = await CostsAsync(billing, $"{March}&source=deck&by=hour,service");
        Assert.Equal(
            [0.012m, 1m],
            report.GetProperty("rows").EnumerateArray()
                .Where(row => Key(row, "service") == "call_in").Select(AmountIn));
    }

    [Fact]
    public async Task A_cost_centre_takes_what_comes_after_it_and_its_days_of_the_month()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var admin = await traffic.AsAsync(Role.Admin);
        var path = $"numbers/{Uri.EscapeDataString(traffic.Number)}/cost-centres";
        (await admin.PostAsync(path, new { costCentre = "sales", from = "2026-03-10" })).Is(200);
        await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.AnsweredCallAsync(Telnyx.Noon - Duration.FromDays(1));
        await traffic.Telnyx.SettleAsync();

        var report = await CostsAsync(admin, $"{March}&source=deck&by=cost-centre,service");

        Assert.Equal(
            [" call_in 0.012", " number_month 0.29032258", "sales call_in 0.012", "sales number_month 0.70967742"],
            report.GetProperty("rows").EnumerateArray().Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{Key(row, "costCentre")} {Key(row, "service")} {AmountIn(row):0.########}")));
        (await admin.PostAsync("numbers/%2B15555550000/cost-centres", new { costCentre = "x" }))
            .IsProblem(404, "not-found");
        (await admin.PostAsync(path, new { costCentre = "x", from = "soon" })).IsProblem(422, "invalid");
    }

    [Theory]
    [InlineData("by=colour", "by")]
    [InlineData("by=day,hour", "by")]
    [InlineData("source=both", "source")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-03-01T00:01:00Z", "to")]
    [InlineData("zone=Mars/Olympus", "zone")]
    [InlineData("asKnownAt=once", "asKnownAt")]
    [InlineData("asKnownSeq=-1", "asKnownSeq")]
    [InlineData("asKnownSeq=1&asKnownAt=2026-03-01", "asKnownSeq")]
    public async Task What_cannot_be_answered_is_422_and_names_the_field(string query, string field)
    {
        var billing = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        var range = query.StartsWith("from") ? "to=2026-04-01" : query.StartsWith("to") ? "from=2026-03-01" : March;

        var answer = (await billing.GetAsync($"costs?{range}&{query}")).IsProblem(422, "invalid");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
    }

    /// <summary>Early places are summed up to, late ones are what is there less what came after.</summary>
    [Fact]
    public async Task Every_place_of_the_ledger_is_answered_by_the_lines_up_to_it()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await CostedCallAsync(traffic, Telnyx.Noon, "0.0106");
        await traffic.MessageAsync(Late, "hi", "+14155550101");
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        var last = (await CostsAsync(billing, March)).GetProperty("asKnownSeq").GetInt64();
        var places = await ledger.RowsAsync(
            "select distinct seq from ledger.cost_line where tenant_id = $1 order by seq", traffic.Company);

        foreach (var place in places.Select(long.Parse).SelectMany(seq => new[] { seq - 1, seq }).Append(last / 3))
        {
            var lines = await ledger.RowsAsync("""
                select source || ' ' || currency || ' ' || trim_scale(sum(amount)) from ledger.cost_line
                where tenant_id = $1 and seq <= $2 and occurred_at >= '2026-03-01 00:00-05'
                  and occurred_at < '2026-04-01 00:00-04'
                group by source, currency order by 1
                """, traffic.Company, place);
            foreach (var by in new[] { "service,number", "day", "hour", "country&zone=Asia/Tokyo" })
            {
                var report = await CostsAsync(
                    billing, $"from=2026-03-01T05:00:00Z&to=2026-04-01T04:00:00Z&asKnownSeq={place}&by={by}");
                Assert.Equal((by, place, string.Join(", ", lines)), (by, place, string.Join(", ", Totals(report))));
            }
        }
    }

    [Fact]
    public async Task An_instant_is_answered_by_what_was_settled_then()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await CostedCallAsync(traffic, Telnyx.Noon, "0.0106");
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        var place = (await CostsAsync(billing, March)).GetProperty("asKnownSeq").GetInt64();
        await LedgerHost.UntilAsync(async () => await ledger.ScalarAsync(
            "select count(*) from ledger.mark where seq >= $1", place) > 0);
        var marked = (await ledger.RowsAsync("""
            select to_char(min(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from ledger.mark where seq >= $1
            """, place))[0];

        var then = await CostsAsync(billing, $"{March}&source=carrier&asKnownAt={marked}");

        Assert.Equal(["carrier USD 0.0106"], Totals(then));
        Assert.True(then.GetProperty("asKnownSeq").GetInt64() >= place);
        var before = await CostsAsync(billing, $"{March}&asKnownAt=2020-01-01");
        Assert.Equal(0, before.GetProperty("asKnownSeq").GetInt64());
        Assert.Empty(before.GetProperty("rows").EnumerateArray());
        var later = await CostsAsync(billing, $"{March}&source=carrier&asKnownAt=2099-01-01");
        Assert.True(later.GetProperty("provisional").GetBoolean());
    }

    private static async Task<string> CostedCallAsync(PhoneTraffic traffic, Instant at, string total)
    {
        var leg = await traffic.AnsweredCallAsync(at);
        await traffic.TellAsync("call.cost", leg, at + Duration.FromMinutes(2), Cost(total));
        return leg;
    }

    private static string Cost(string total) => $$"""
        ,"status":"success","total_cost":"{{total}}","billed_duration_secs":60,"cost_parts":[
        {"call_part":"sip-trunking","billed_duration_secs":60,"cost":"{{total}}","currency":"USD","rate":"0.0100"}]
        """;

    private static async Task<JsonElement> CostsAsync(Caller caller, string query) =>
        (await caller.GetAsync($"costs?{query}")).Is(200).Body;

    private static List<string> Totals(JsonElement report) => Text(report.GetProperty("totals").EnumerateArray());

    private static List<string> RowTotals(JsonElement report) => Text(report.GetProperty("rows").EnumerateArray());

    private static List<string> Text(IEnumerable<JsonElement> amounts) =>
        [.. amounts.GroupBy(a => $"{a.GetProperty("source")} {a.GetProperty("currency")}")
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Sum(AmountIn):0.##########}"))];

    private static string? Key(JsonElement row, string key) => row.GetProperty(key).GetString();

    private static decimal AmountIn(JsonElement row) => row.GetProperty("amount").GetDecimal();

    private static decimal AmountOf(JsonElement step) => step.GetProperty("amount").GetProperty("amount").GetDecimal();
}
