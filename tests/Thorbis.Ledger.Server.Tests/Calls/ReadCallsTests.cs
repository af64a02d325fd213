using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Calls;

[Collection<LedgerTests>]
public sealed class ReadCallsTests(LedgerHost ledger)
{
    [Fact]
    public async Task Pages_follow_each_other_newest_first_and_hold_every_call_once()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var legs = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            // Two of them began at the same instant: the id decides.
            legs.Add(await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromMinutes(i / 2)));
        }
        await traffic.Telnyx.SettleAsync();

        var member = await traffic.AsAsync(Role.Member);
        var seen = new List<(string At, string Id)>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await member.GetAsync($"calls?limit=2&cursor={cursor}")).Is(200);
            Assert.InRange(page.Items.Length, 1, 2);
            seen.AddRange(page.Items.Select(call => (Text(call, "usageAt"), Text(call, "callId"))));
            cursor = page.Body.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(legs.Select(leg => $"s-{leg}").Order(), seen.Select(c => c.Id).Order());
        Assert.Equal(seen.OrderByDescending(c => c.At).ThenByDescending(c => c.Id, StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Filters_part_the_calls_and_bounds_are_half_open()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var answered = await traffic.AnsweredCallAsync(Telnyx.Noon);
        var open = await traffic.OpenCallAsync(ledger.Clock.GetCurrentInstant());
        await traffic.Telnyx.SettleAsync();
        var member = await traffic.AsAsync(Role.Member);
        async Task<string> Ids(string query) => string.Join(',', (await member.GetAsync($"calls?{query}")).Is(200).Items
            .Select(c => c.GetProperty("callId").GetString()!["s-".Length..]));

        Assert.Equal($"{open},{answered}", await Ids(""));
        Assert.Equal(answered, await Ids("from=2026-03-10T12:00:00Z&to=2026-03-10T12:00:01Z"));
        Assert.Equal("", await Ids("from=2026-03-10T12:00:01Z&to=2026-03-11"));
        Assert.Equal("", await Ids("to=2026-03-10T08:00:00-04:00"));
        Assert.Equal(answered, await Ids("outcome=answered"));
        Assert.Equal(open, await Ids("inProgress=true"));
        Assert.Equal(answered, await Ids("inProgress=false"));
        Assert.Equal("", await Ids("direction=outgoing"));
        Assert.Equal(
            $"{open},{answered}", await Ids($"number={Uri.EscapeDataString(traffic.Number)}&party=+14155550123"));
        Assert.Equal("", await Ids("party=anonymous"));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-03-10T12:00:00", "to")]
    [InlineData("direction=up", "direction")]
    [InlineData("outcome=lost", "outcome")]
    public async Task What_cannot_be_asked_is_422_and_names_the_field(string query, string field)
    {
        var company = await ledger.CompanyAsync();
        var member = await ledger.MemberAsync(company, Role.Member);

        foreach (var list in new[] { "calls", "messages" }.Where(list => list == "calls" || field != "outcome"))
        {
            var answer = (await member.GetAsync($"{list}?{query}")).IsProblem(422, "invalid");
            Assert.True(answer.Body.GetProperty("errors").TryGetProperty(field, out _), answer.Content);
        }
    }

    [Fact]
    public async Task A_call_shows_its_leg_cost_and_facts_with_evidence_and_no_typed_digits()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.TellAsync("call.dtmf.received", leg, Telnyx.Noon + Duration.FromSeconds(5), ",\"digit\":\"1\"");
        await traffic.TellAsync("call.gather.ended", leg, Telnyx.Noon + Duration.FromSeconds(20), """
            ,"digits":"420859","status":"valid"
            """);
        await traffic.TellAsync("call.cost", leg, Telnyx.Noon + Duration.FromMinutes(2), """
            ,"status":"success","total_cost":"0.0100","cost_parts":[{"call_part":"sip-trunking","cost":"0.0100",
            "currency":"USD","rate":"0.0050","billed_duration_secs":60}]
            """);
        await traffic.Telnyx.SettleAsync();

        var call = (await (await traffic.AsAsync(Role.Auditor)).GetAsync($"calls/s-{leg}")).Is(200);

        var told = call.Body.GetProperty("legs")[0];
        Assert.Equal((leg, "0.0100"), (told.GetProperty("legId").GetString(),
            told.GetProperty("cost").GetProperty("parts")[0].GetProperty("cost").GetProperty("amount").GetRawText()));
        Assert.Equal(
            [
                "call_initiated", "call_answered", "dtmf_received 1", "gather_ended ••••••", "call_hung_up",
                "call_cost_reported",
            ],
            call.Body.GetProperty("timeline").EnumerateArray().Select(Line));
        Assert.DoesNotContain("420859", call.Content, StringComparison.Ordinal);
        var evidence = call.Body.GetProperty("timeline")[0].GetProperty("evidence").GetString()!;
        var auditor = await traffic.AsAsync(Role.Auditor);
        (await auditor.GetAsync(evidence["/api/v1/".Length..])).Is(200);
    }

    [Fact]
    public async Task Another_companys_call_is_404()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var leg = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        (await stranger.GetAsync($"calls/s-{leg}")).IsProblem(404, "not-found");
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string Line(JsonElement fact)
    {
        var data = fact.GetProperty("data");
        var typed = data.TryGetProperty("digit", out var digit) || data.TryGetProperty("digits", out digit)
            ? " " + digit.GetString()
            : "";
        return fact.GetProperty("type").GetString() + typed;
    }
}
