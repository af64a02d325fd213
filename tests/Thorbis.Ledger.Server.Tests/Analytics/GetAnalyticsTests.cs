using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Analytics;

[Collection<LedgerTests>]
public sealed class GetAnalyticsTests(LedgerHost ledger)
{
    private const string March = "from=2026-03-01&to=2026-04-01";
    private const string London = "+442071838750";
    private static readonly string[] Strangers =
        [PhoneTraffic.Stranger, London, "+18005550100", "anonymous", "sip:+14155550123@example.com", "+19025550123"];

    [Fact]
    public async Task Shares_and_waits_are_those_of_the_definitions()
    {
        var (traffic, _) = await TrafficAsync();
        var member = await traffic.AsAsync(Role.Member);
        await traffic.Telnyx.SettleAsync();

        var report = (await member.GetAsync($"analytics?{March}")).Is(200).Body;

        // Answered: a queue and two plain calls. Missed: two abandoned. One was short.
        Assert.Equal("0.4 2 5 5", Of(report, "abandonment", "rate", "calls", "of", "thresholdSeconds"));
        Assert.Equal("0.6 3 5", Of(report, "answerRate", "rate", "calls", "of"));
        Assert.Equal("0.6 3 5 20", Of(report, "serviceLevel", "rate", "calls", "of", "thresholdSeconds"));
        // 3, 3 and 10 seconds; the percentiles are read from bins.
        Assert.Equal(
            "3 16 5.333333 0.025", Of(report, "wait", "calls", "totalSeconds", "averageSeconds", "errorBound"));
        Near(3, report.GetProperty("wait").GetProperty("medianSeconds"));
        Near(10, report.GetProperty("wait").GetProperty("p90Seconds"));
        Assert.Equal("2 47 23.5", Of(report, "waitOfAbandoned", "calls", "totalSeconds", "averageSeconds"));
        Assert.Equal("0 0", Of(report, "waitOfVoicemail", "calls", "totalSeconds"));
        Assert.Equal("1 8 8", Of(report, "queueTime", "calls", "totalSeconds", "averageSeconds"));
        Assert.Equal(
            await ledger.ScalarAsync("select max(seq_id) from ledger.mt_events"),
            report.GetProperty("asOf").GetInt64());
    }

    [Fact]
    public async Task Peak_hours_are_those_of_the_zone_and_places_those_of_the_partys_number()
    {
        var (traffic, _) = await TrafficAsync();
        var member = await traffic.AsAsync(Role.Member);

        var report = (await member.GetAsync($"analytics?{March}")).Is(200).Body;

        // Noon of a Tuesday, which March 2026 has five of, is 8 in New York.
        Assert.Equal("2 8 6 5 1.2", Of(
            report.GetProperty("peakHours"), "peak", "weekday", "hour", "calls", "occurrences", "mean"));
        var geography = report.GetProperty("geography");
        Assert.Equal(
            ["CA 1 0", "GB 1 0", "US 1 0"], Places(geography).Select(Line).Order(StringComparer.Ordinal));
        var us = Places(geography).Single(place => place.GetProperty("place").GetString() == "US");
        Assert.Equal(["US-CA 1 0"], Places(us, "within").Select(Line));
        Assert.Equal(["US-CA-415 1 0"], Places(Places(us, "within")[0], "within").Select(Line));
        Assert.Equal("unknown 3 0", Line(geography.GetProperty("unknown")));
    }

    [Fact]
    public async Task Every_figure_names_its_definition_and_links_to_exactly_the_calls_behind_it()
    {
        var (traffic, callers) = await TrafficAsync();
        await callers.CallBackAsync(Telnyx.Noon + Duration.FromHours(1), London);
        await traffic.Telnyx.SettleAsync();
        var manager = await traffic.AsAsync(Role.Manager);
        (await manager.PostAsync("goals", new { name = "talk", kind = "answeredLonger", seconds = 57 })).Is(201);
        (await manager.PostAsync("goals", new { name = "sales", kind = "pressedKey", key = "1" })).Is(201);
        (await manager.PostAsync("goals", new { name = "back", kind = "calledBack", days = 1 })).Is(201);

        var number = Uri.EscapeDataString(traffic.Number);
        var report = (await manager.GetAsync($"analytics?{March}&number={number}")).Is(200).Body;

        var links = Links(report).ToList();
        Assert.Equal(25, links.Count);
        foreach (var (link, calls) in links)
        {
            var listed = (await manager.GetAsync($"{link}&limit=500")).Is(200).Items.Length;
            Assert.True(calls == listed, $"{link}: {listed} listed, {calls} counted");
        }
        foreach (var section in report.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Object))
        {
            Assert.Equal("definitions/1", section.Value.GetProperty("definition").GetString());
        }
    }

    [Fact]
    public async Task A_key_told_late_moves_the_wait_and_leaves_nothing_where_it_was()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var callers = new Callers(ledger, traffic);
        var leg = await callers.AnsweredCallAsync(Telnyx.Noon, PhoneTraffic.Stranger);
        await callers.TellAsync("call.bridged", leg, Telnyx.Noon, 30);
        await traffic.Telnyx.SettleAsync();
        var before = await WaitsAsync(traffic.Company);

        await callers.TellAsync("call.gather.ended", leg, Telnyx.Noon, 10, ""","digits":"1","status":"valid" """);
        await traffic.Telnyx.SettleAsync();

        Assert.Equal(["answered 1 30000000", "answered 1 30000000"], before);
        Assert.Equal(["answered 1 20000000", "answered 1 20000000"], await WaitsAsync(traffic.Company));
        var report = (await (await traffic.AsAsync(Role.Member)).GetAsync($"analytics?{March}")).Is(200).Body;
        Assert.Equal("1 1", Of(report, "serviceLevel", "calls", "of"));
    }

    [Theory]
    [InlineData("analytics?from=2026-03-07T00:05:00Z&to=2026-03-08", "from")]
    [InlineData("analytics?from=2026-03-07&to=2026-03-07", "to")]
    [InlineData("analytics?from=2024-01-01&to=2026-03-07", "to")]
    [InlineData("analytics?from=tomorrow", "from")]
    [InlineData("analytics?zone=Mars/Olympus", "zone")]
    [InlineData("calls?outcome=answered,lost", "outcome")]
    [InlineData("calls?origin=usa", "origin")]
    [InlineData("calls?pressed=12", "pressed")]
    [InlineData("calls?waitWithin=-1", "waitWithin")]
    [InlineData("calls?talkOver=-1", "talkOver")]
    [InlineData("calls?calledBackWithin=91", "calledBackWithin")]
    public async Task What_cannot_be_answered_exactly_is_422_and_names_the_field(string query, string field)
    {
        var member = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Member);

        var answer = (await member.GetAsync(query)).IsProblem(422, "invalid");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
    }

    /// <summary>Six calls at noon: three answered, two abandoned, one short; each from another stranger.</summary>
    private async Task<(PhoneTraffic Traffic, Callers Callers)> TrafficAsync()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var callers = new Callers(ledger, traffic);
        await callers.QueuedCallAsync(Telnyx.Noon, Strangers[0]);
        await callers.LostCallAsync(Telnyx.Noon, Strangers[1], 17);
        await callers.LostCallAsync(Telnyx.Noon, Strangers[2], 30);
        await callers.LostCallAsync(Telnyx.Noon, Strangers[3], 5);
        await callers.AnsweredCallAsync(Telnyx.Noon, Strangers[4]);
        await callers.AnsweredCallAsync(Telnyx.Noon, Strangers[5]);
        await traffic.Telnyx.SettleAsync();
        return (traffic, callers);
    }

    private Task<List<string>> WaitsAsync(string company) => ledger.RowsAsync(
        "select kind || ' ' || calls || ' ' || microseconds from ledger.wait_bucket where tenant_id = $1", company);

    /// <summary>Every link of an answer, with the number of calls that it stands beside.</summary>
    private static IEnumerable<(string Link, long Calls)> Links(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Array)
        {
            return part.EnumerateArray().SelectMany(Links);
        }
        if (part.ValueKind != JsonValueKind.Object)
        {
            return [];
        }
        var own = part.EnumerateObject().Where(field => field.Name.EndsWith("Link", StringComparison.Ordinal))
            .Select(field => (field.Value.GetString()!, Beside(part, field.Name)));
        return own.Concat(part.EnumerateObject().SelectMany(field => Links(field.Value)));
    }

    private static long Beside(JsonElement part, string link) =>
        link == "ofLink" ? Number(part, "of") ?? Number(part, "eligible")!.Value
        : Number(part, "calls") ?? Number(part, "converted") ?? Number(part, "in") + Number(part, "out")
        ?? (part.TryGetProperty("hours", out var hours)
            ? hours.EnumerateArray().Sum(hour => Number(hour, "calls")!.Value)
            : Places(part).Append(part.GetProperty("unknown"))
                .Sum(place => (Number(place, "in") + Number(place, "out"))!.Value));

    private static long? Number(JsonElement part, string name) =>
        part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static void Near(decimal exact, JsonElement read) =>
        Assert.InRange(read.GetDecimal(), exact * 0.975m, exact * 1.025m);

    private static List<JsonElement> Places(JsonElement part, string name = "countries") =>
        [.. part.GetProperty(name).EnumerateArray()];

    private static string Line(JsonElement place) =>
        $"{place.GetProperty("place").GetString()} {place.GetProperty("in")} {place.GetProperty("out")}";

    private static string Of(JsonElement report, string section, params string[] names) =>
        string.Join(' ', names.Select(name => report.GetProperty(section).GetProperty(name).GetRawText()));
}
