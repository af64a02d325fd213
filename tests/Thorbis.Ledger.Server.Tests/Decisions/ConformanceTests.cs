using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Decisions.PastDesk;

namespace Thorbis.Ledger.Server.Tests.Decisions;

/// <summary>The calls of a range against the rules that were in force.</summary>
[Collection<LedgerTests>]
public sealed class ConformanceTests(LedgerHost ledger)
{
    private const string Day = "from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z";
    private static readonly RuleAction ToAnn = new Direct(new ToMember("ann"));

    [Fact]
    public async Task Shares_and_causes_are_counted_and_the_calls_behind_them_listed_by_page()
    {
        var desk = await NewAsync(ledger, ToAnn);
        await desk.CallAsync(Noon, "sip:ann@desk");
        var elsewhere = await desk.CallAsync(Noon + Duration.FromHours(1), "sip:bob@desk");
        var left = await desk.CallAsync(Noon + Duration.FromHours(2), null);
        var rang = await desk.CallAsync(Noon + Duration.FromHours(3), "sip:bob@desk", taken: false);
        await desk.CallAsync(Noon + Duration.FromDays(1), "sip:bob@desk");
        await desk.Traffic.Telnyx.SettleAsync();
        var auditor = await desk.Traffic.AsAsync(Role.Auditor);

        var told = (await auditor.GetAsync($"conformance?{Day}")).Is(200).Body;
        var first = (await auditor.GetAsync($"conformance/calls?{Day}&limit=2")).Is(200);
        var second = (await auditor.GetAsync(
            $"conformance/calls?{Day}&limit=2&cursor={first.Text("next")}")).Is(200);
        var differs = (await auditor.GetAsync($"conformance/calls?{Day}&verdict=differs")).Is(200).Items;

        Assert.Equal((4, 1, 2, 1, 0.333333m), (
            told.GetProperty("calls").GetInt32(), told.GetProperty("agrees").GetInt32(),
            told.GetProperty("differs").GetInt32(), told.GetProperty("cannotTell").GetInt32(),
            told.GetProperty("share").GetDecimal()));
        Assert.Equal(["answeredElsewhere", "rangElsewhere"], told.GetProperty("differsBy").EnumerateArray()
            .Select(by => by.GetProperty("cause").GetString()));
        Assert.Equal("callerLeft", told.GetProperty("cannotTellBy")[0].GetProperty("cause").GetString());
        Assert.Equal([elsewhere, left], first.Items.Select(call => call.GetProperty("callId").GetString()));
        Assert.Equal([rang], second.Items.Select(call => call.GetProperty("callId").GetString()));
        Assert.False(second.Body.TryGetProperty("next", out _));
        Assert.Equal([elsewhere, rang], differs.Select(call => call.GetProperty("callId").GetString()));
        Assert.Equal(
            ("answeredElsewhere", "ann; unanswered after 20 s, to the busy tone"),
            (differs[0].GetProperty("cause").GetString(), differs[0].GetProperty("goesTo").GetString()));
        (await auditor.GetAsync(differs[0].GetProperty("decision").GetString()!["/api/v1/".Length..])).Is(200);
        (await auditor.GetAsync(told.GetProperty("list").GetString()!["/api/v1/".Length..])).Is(200);
    }

    /// <summary>The second page begins behind a call that still holds a phone.</summary>
    [Fact]
    public async Task A_page_knows_who_was_talking_when_it_begins()
    {
        var desk = await NewAsync(ledger, ToAnn);
        await desk.CallAsync(Noon, "sip:bob@desk");
        await desk.CallAsync(Noon + Duration.FromSeconds(70), "sip:ann@desk");
        var busy = await desk.CallAsync(Noon + Duration.FromSeconds(90), "sip:ann@desk");
        await desk.Traffic.Telnyx.SettleAsync();
        var auditor = await desk.Traffic.AsAsync(Role.Auditor);

        var first = (await auditor.GetAsync($"conformance/calls?{Day}&limit=1")).Is(200);
        var second = (await auditor.GetAsync($"conformance/calls?{Day}&limit=1&cursor={first.Text("next")}")).Is(200);

        Assert.Equal(busy, Assert.Single(second.Items).GetProperty("callId").GetString());
        Assert.Equal("the busy tone", second.Items[0].GetProperty("goesTo").GetString());
    }

    [Theory]
    [InlineData("", "from")]
    [InlineData("?from=2026-03-10&to=2026-03-11T00:00:00Z", "from")]
    [InlineData("?from=2026-03-10T00:00:00&to=2026-03-11T00:00:00Z", "from")]
    [InlineData("?from=2026-03-10T00:00:00Z", "to")]
    [InlineData("?from=2026-03-10T00:00:00Z&to=2026-03-10T00:00:00Z", "to")]
    [InlineData("?from=2026-01-01T00:00:00Z&to=2027-02-06T00:00:00Z", "to")]
    [InlineData("?from=1700-01-01T00:00:00Z&to=1700-02-01T00:00:00Z", "from")]
    [InlineData($"/calls?{Day}&limit=0", "limit")]
    [InlineData($"/calls?{Day}&cursor=x", "cursor")]
    [InlineData($"/calls?{Day}&cursor=WyJ4IiwieSJd", "cursor")]
    [InlineData($"/calls?{Day}&verdict=maybe", "verdict")]
    public async Task What_cannot_be_asked_is_named(string asked, string field)
    {
        var auditor = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Auditor);

        var refused = (await auditor.GetAsync($"conformance{asked}")).IsProblem(422, "invalid");

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty(field, out _), refused.Content);
    }

    [Fact]
    public async Task Nobody_sees_another_companys_calls_and_reading_is_on_record()
    {
        var desk = await NewAsync(ledger, ToAnn);
        await desk.CallAsync(Noon, "sip:bob@desk");
        await desk.Traffic.Telnyx.SettleAsync();
        var company = await ledger.CompanyAsync();
        var stranger = await ledger.MemberAsync(company, Role.Auditor);

        var told = (await stranger.GetAsync($"conformance?{Day}")).Is(200).Body;
        Assert.Empty((await stranger.GetAsync($"conformance/calls?{Day}")).Is(200).Items);
        (await (await desk.Traffic.AsAsync(Role.Member)).GetAsync($"conformance?{Day}")).Is(403);
        (await (await desk.Traffic.AsAsync(Role.Billing)).GetAsync($"conformance/calls?{Day}")).Is(403);

        Assert.Equal(0, told.GetProperty("calls").GetInt32());
        Assert.False(told.TryGetProperty("share", out _));
        Assert.Equal(2, await ledger.ScalarAsync(
            "select count(*) from platform.access_log where tenant_id = $1 and action = 'conformance.read'", company));
    }
}
