using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Usage;

[Collection<LedgerTests>]
public sealed class GetUsageTests(LedgerHost ledger)
{
    // 2026-03-08 has 23 hours in New York.
    private static readonly Instant BeforeSpring = Instant.FromUtc(2026, 3, 8, 4, 59);
    private static readonly Instant InSpring = Instant.FromUtc(2026, 3, 9, 3, 59);

    [Fact]
    public async Task Days_are_those_of_the_zone_and_a_day_without_anything_is_zero()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(BeforeSpring);
        await traffic.AnsweredCallAsync(InSpring);
        await traffic.MessageAsync(InSpring, "hi", "+14155550101", "+14155550102");
        var member = await traffic.AsAsync(Role.Member);
        await traffic.Telnyx.SettleAsync();

        var usage = (await member.GetAsync("usage?from=2026-03-07&to=2026-03-10&by=day")).Is(200).Body;

        Assert.Equal(
            ["\"definitions/1\"", "\"America/New_York\"", "\"day\""], Of(usage, "definitions", "zone", "by"));
        Assert.Equal(
            ["2026-03-07T00:00:00-05:00 1 0", "2026-03-08T00:00:00-05:00 1 1", "2026-03-09T00:00:00-04:00 0 0"],
            usage.GetProperty("series").EnumerateArray().Select(Line));
        var totals = usage.GetProperty("totals");
        Assert.Equal("2 2 0 114 57 114 57", string.Join(' ', Of(
            totals.GetProperty("calls"), "in", "answered", "missed", "talkSeconds", "averageTalkSeconds",
            "billableSeconds", "averageBillableSeconds")));
        Assert.Equal(JsonValueKind.Null, totals.GetProperty("voicemails").ValueKind);
        var messages = totals.GetProperty("messages");
        Assert.Equal(["2", "4"], Of(messages.GetProperty("recipients"), "delivered").Concat(Of(messages, "partsOut")));
        Assert.Equal(
            await ledger.ScalarAsync("select max(seq_id) from ledger.mt_events"), usage.GetProperty("asOf").GetInt64());
    }

    [Fact]
    public async Task The_same_in_another_zone_falls_on_other_days_and_a_number_stands_for_itself()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(BeforeSpring);
        await traffic.Telnyx.SettleAsync();
        var member = await traffic.AsAsync(Role.Member);
        var range = "usage?from=2026-03-07&to=2026-03-09&zone=UTC";

        async Task<string> Days(string query) => string.Join(' ', (await member.GetAsync(query)).Is(200).Body
            .GetProperty("series").EnumerateArray()
            .Select(p => Of(p.GetProperty("figures").GetProperty("calls"), "in").Single()));

        Assert.Equal("0 1", await Days(range));
        Assert.Equal("0 1", await Days($"{range}&number={Uri.EscapeDataString(traffic.Number)}"));
        Assert.Equal("0 0", await Days($"{range}&number=%2B12025559999"));
    }

    [Theory]
    [InlineData("from=2026-03-07T00:05:00Z&to=2026-03-08", "from")]
    [InlineData("from=2026-03-07&to=2026-03-07T23:59:59Z", "to")]
    [InlineData("from=2026-03-07&to=2026-03-07", "to")]
    [InlineData("from=tomorrow", "from")]
    [InlineData("zone=Mars/Olympus", "zone")]
    [InlineData("by=year", "by")]
    public async Task What_cannot_be_answered_exactly_is_422_and_names_the_field(string query, string field)
    {
        var member = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Member);

        var answer = (await member.GetAsync($"usage?{query}")).IsProblem(422, "invalid");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
    }

    private static string Line(JsonElement step)
    {
        var figures = step.GetProperty("figures");
        return $"{step.GetProperty("start")} {figures.GetProperty("calls").GetProperty("in")} "
            + figures.GetProperty("messages").GetProperty("out").GetProperty("total");
    }

    private static IEnumerable<string> Of(JsonElement figures, params string[] names) =>
        names.Select(name => figures.GetProperty(name).GetRawText());
}
