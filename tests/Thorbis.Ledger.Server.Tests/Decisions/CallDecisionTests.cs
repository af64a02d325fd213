using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Tests.Calls;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Decisions.PastDesk;

namespace Thorbis.Ledger.Server.Tests.Decisions;

/// <summary>What the rules in force decided on a call, against what its webhooks tell.</summary>
[Collection<LedgerTests>]
public sealed class CallDecisionTests(LedgerHost ledger)
{
    private static readonly RuleAction ToAnn = new Direct(new ToMember("ann"));

    [Fact]
    public async Task A_call_that_rang_where_the_rules_send_it_agrees_and_shows_why()
    {
        var desk = await NewAsync(ledger, ToAnn);

        var told = await desk.DecisionAsync(await desk.CallAsync(Noon, "sip:ann@desk"));

        Assert.Equal("agrees", told.Text("verdict"));
        Assert.False(told.Body.TryGetProperty("cause", out _));
        var decision = told.Body.GetProperty("decision");
        Assert.Equal(
            ("ann; unanswered after 20 s, to the busy tone", "Sales", true),
            (decision.GetProperty("goesTo").GetString(), decision.GetProperty("rule").GetString(),
                decision.GetProperty("certain").GetBoolean()));
        Assert.Equal(
            [
                "Rule 'Sales' applies, as to every call.", "ann can take the call.",
                "The call goes to ann; unanswered after 20 s, to the busy tone.",
            ],
            decision.GetProperty("trace").EnumerateArray().Select(line => line.GetString()));
        var rung = Assert.Single(told.Body.GetProperty("happened").GetProperty("rung").EnumerateArray());
        Assert.Equal(
            ("sip:ann@desk", "ann", "2026-03-10T12:00:05Z"),
            (rung.GetProperty("to").GetString(), rung.GetProperty("members")[0].GetString(),
                rung.GetProperty("takenAt").GetString()));
        Assert.Equal(
            (0, "available", "", "2026-03-10T12:00:00Z"),
            (told.Body.GetProperty("known").GetProperty("members").GetProperty("ann").GetProperty("calls").GetInt32(),
                told.Body.GetProperty("known").GetProperty("members").GetProperty("ann").GetProperty("availability")
                    .GetString(),
                told.Body.GetProperty("known").GetProperty("customer").GetString(), told.Text("asKnownAt")));
    }

    [Theory]
    [InlineData("sip:bob@desk", true, "differs", "answeredElsewhere")]
    [InlineData("sip:bob@desk", false, "differs", "rangElsewhere")]
    [InlineData(null, false, "cannotTell", "callerLeft")]
    public async Task A_call_that_went_elsewhere_differs(string? to, bool taken, string verdict, string cause)
    {
        var desk = await NewAsync(ledger, ToAnn);

        var told = await desk.DecisionAsync(await desk.CallAsync(Noon, to, taken));

        Assert.Equal((verdict, cause), (told.Text("verdict"), told.Text("cause")));
        Assert.EndsWith(".", told.Text("why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_during_the_call_explains_a_difference()
    {
        var desk = await NewAsync(ledger, ToAnn);
        var changed = Noon + Duration.FromSeconds(1);
        await desk.TellAsync(
            changed, new RuleRevised(RuleOf(ToAnn), RuleOf(new Direct(new ToMember("bob")))));

        var told = await desk.DecisionAsync(await desk.CallAsync(Noon, "sip:bob@desk"));
        var later = await desk.DecisionAsync(await desk.CallAsync(Noon + Duration.FromHours(1), "sip:bob@desk"));

        Assert.Equal(
            ("differs", "configurationChanged", "2026-03-10T12:00:01Z"),
            (told.Text("verdict"), told.Text("cause"), told.Text("changedAt")));
        Assert.Equal("agrees", later.Text("verdict"));
    }

    [Fact]
    public async Task What_nobody_recorded_cannot_be_told_and_is_named()
    {
        var desk = await NewAsync(ledger, new RoundRobin(["ann", "bob"]));

        var told = await desk.DecisionAsync(await desk.CallAsync(Noon, "sip:ann@desk"));

        Assert.Equal(("cannotTell", "factsUnknown"), (told.Text("verdict"), told.Text("cause")));
        Assert.Equal("It depends on whose turn it was in Rule 'Sales'.", told.Text("why"));
        Assert.Equal(
            ["bob; unanswered after 20 s, to the busy tone"],
            told.Body.GetProperty("decision").GetProperty("mayGoTo").EnumerateArray().Select(to => to.GetString()));
    }

    [Fact]
    public async Task Availability_is_unknown_before_the_first_word_and_counts_from_it_on()
    {
        var desk = await NewAsync(ledger, ToAnn);
        await desk.TellAsync(Noon, new AvailabilitySet("ann", Availability.Away));

        var before = await desk.DecisionAsync(await desk.CallAsync(Began - Duration.FromDays(1), "sip:ann@desk"));
        var after = await desk.DecisionAsync(await desk.CallAsync(Noon, "sip:ann@desk"));

        Assert.Equal(("cannotTell", "noRules"), (before.Text("verdict"), before.Text("cause")));
        Assert.Equal(("differs", "answeredElsewhere"), (after.Text("verdict"), after.Text("cause")));
        Assert.Contains(
            "ann is passed over: away.",
            after.Body.GetProperty("decision").GetProperty("trace").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task Who_talks_already_cannot_take_another_call()
    {
        var desk = await NewAsync(ledger, ToAnn);
        await desk.CallAsync(Noon - Duration.FromSeconds(30), "sip:ann@desk");

        var told = await desk.DecisionAsync(await desk.CallAsync(Noon, null));
        var free = await desk.DecisionAsync(await desk.CallAsync(Noon + Duration.FromHours(1), "sip:ann@desk"));

        Assert.Equal("the busy tone", told.Body.GetProperty("decision").GetProperty("goesTo").GetString());
        Assert.Contains(
            "ann is passed over: 1 call under way.",
            told.Body.GetProperty("decision").GetProperty("trace").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal("agrees", free.Text("verdict"));
    }

    [Fact]
    public async Task A_customer_linked_for_the_past_counts_only_when_asked_as_known_since()
    {
        var desk = await NewAsync(ledger, ToAnn, new FromCustomer([]));
        await desk.AppendAsync("customer/c1", new PartyLinked(
            "c1", Noon + Duration.FromDays(1), PhoneTraffic.Stranger, new LocalDate(2026, 3, 1), "UTC", "user:mia",
            null));
        var call = await desk.CallAsync(Noon, "sip:ann@desk");

        var then = await desk.DecisionAsync(call);
        var now = await desk.DecisionAsync(call, "?asKnownAt=now");
        var between = await desk.DecisionAsync(call, "?asKnownAt=2026-03-11T06:59:59-05:00");

        Assert.Equal(("differs", "agrees", "differs"), (
            then.Text("verdict"), now.Text("verdict"), between.Text("verdict")));
        Assert.Equal("c1", now.Body.GetProperty("known").GetProperty("customer").GetString());
    }

    [Fact]
    public async Task Tags_of_the_number_are_what_the_carrier_told()
    {
        var desk = await NewAsync(ledger, ToAnn, new NumberTag("vip"));

        var tagged = await desk.DecisionAsync(await desk.CallAsync(Noon, "sip:ann@desk", tags: "\"vip\""));
        var untold = await desk.DecisionAsync(
            await desk.CallAsync(Noon + Duration.FromHours(1), "sip:ann@desk"));

        Assert.Equal("agrees", tagged.Text("verdict"));
        Assert.Equal(
            ("cannotTell", "It depends on which tags the number had."), (untold.Text("verdict"), untold.Text("why")));
    }

    [Fact]
    public async Task A_call_that_goes_on_cannot_be_told_yet()
    {
        var desk = await NewAsync(ledger, ToAnn);

        var told = await desk.DecisionAsync("s-" + await desk.Traffic.OpenCallAsync(Noon));

        Assert.Equal(("cannotTell", "notEnded"), (told.Text("verdict"), told.Text("cause")));
    }

    [Fact]
    public async Task Another_companys_call_is_not_there_and_reading_is_on_record()
    {
        var desk = await NewAsync(ledger, ToAnn);
        var call = await desk.CallAsync(Noon, "sip:ann@desk");
        await desk.DecisionAsync(call);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        foreach (var (role, status) in new[]
        {
            (Role.Owner, 200), (Role.Admin, 200), (Role.Manager, 200), (Role.Auditor, 200), (Role.Member, 403),
            (Role.Billing, 403),
        })
        {
            (await (await desk.Traffic.AsAsync(role)).GetAsync($"calls/{call}/decision")).Is(status);
        }

        (await stranger.GetAsync($"calls/{call}/decision")).IsProblem(404, "not-found");
        (await stranger.GetAsync("calls/none/decision")).IsProblem(404, "not-found");
        Assert.Equal(5, await ledger.ScalarAsync(
            "select count(*) from platform.access_log where tenant_id = $1 and action = 'decision.read'",
            desk.Company));
    }

    [Theory]
    [InlineData("2026-03-10T12:00:00")]
    [InlineData("2026-03-10")]
    [InlineData("yesterday")]
    public async Task An_instant_needs_its_offset(string known)
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);

        var refused = (await manager.GetAsync($"calls/any/decision?asKnownAt={known}")).IsProblem(422, "invalid");

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("asKnownAt", out _));
    }
}
