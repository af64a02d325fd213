using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>What a company's facts tell of a call that was.</summary>
public sealed class RoutingPastTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public void Members_take_calls_from_their_joining_until_they_leave()
    {
        var past = Past([Joined("ann", 0), Joined("bob", 2), new MemberRemoved("ann", At(4), "user:mia")]);

        Assert.Equal(["ann"], past.At(At(1)).Configuration.Team.Keys);
        Assert.Equal(["ann", "bob"], past.At(At(2)).Configuration.Team.Keys);
        Assert.Equal(["bob"], past.At(At(4)).Configuration.Team.Keys);
        Assert.Equal(TeamTerms.Default, past.At(At(4)).Configuration.Team["bob"]);
    }

    [Fact]
    public void Availability_is_known_from_the_first_word_on()
    {
        var past = Past([Joined("ann", 0)], Said("ann", Availability.Away, 2), Said("ann", Availability.Available, 3));

        Assert.Equal(
            [null, Availability.Away, Availability.Available],
            new[] { 1, 2, 3 }.Select(hour => past.AvailabilityOf("ann", At(hour))));
        Assert.Null(past.AvailabilityOf("bob", At(9)));
    }

    [Fact]
    public void What_decides_is_made_ready_once_between_two_changes()
    {
        var past = Past([Joined("ann", 0)], Said("ann", Availability.Away, 2), Told(new CallerBlocked("+49301"), 3));

        Assert.Same(past.At(At(1)), past.At(At(2)));
        Assert.NotSame(past.At(At(2)), past.At(At(3)));
        Assert.Equal(
            [false, true], new[] { 2, 3 }.Select(hour => past.At(At(hour)).HasRules));
        Assert.Equal([At(3)], past.ChangesBetween(At(0), At(9)));
    }

    /// <summary>A link may hold from a day that has passed: the router of that day did not know it.</summary>
    [Fact]
    public void A_customer_is_as_known_at_the_call_unless_asked_otherwise()
    {
        var day = At(0).InUtc().Date;
        Fact[] told =
        [
            new PartyLinked("c1", At(0), Desk.Caller, day.PlusDays(-9), "UTC", "user:mia", null),
            new PartyLinked("c2", At(5), Desk.Caller, day.PlusDays(-1), "UTC", "user:mia", null),
            new PartyUnlinked("c2", At(6), Desk.Caller, day.PlusDays(-1), "UTC", "user:mia", null),
        ];

        Assert.Equal(
            ["c1", "c2", null],
            new[] { 4, 5, 6 }.Select(hour => Past(told).CustomerOf(Desk.Caller, At(hour)).Reference));
        Assert.Null(Past(told, known: At(9)).CustomerOf(Desk.Caller, At(4)).Reference);
        Assert.Null(Past(told).CustomerOf("anonymous", At(4)).Reference);
    }

    [Theory, Table("""
        pressed  script
        21       in@0 answer@1 gather@5/2 gather@9/1 hangup@20
        # What several digits were is nobody's business.
        2?       in@0 answer@1 gather@5/2 gather@9/4711 hangup@20
        # A survey leads nowhere.
        2        in@0 answer@1 gather@5/2 b:out@6 b:bridge@8 gather@30/5 hangup@40
        -        in@0 answer@1 gather@5 hangup@20
        """)]
    public void Keys_of_menus_are_what_the_caller_pressed(string script, string? pressed) =>
        Assert.Equal(pressed ?? "", string.Concat(
            RecordedCall.Of(Script.Fold(Script.Facts(script)))!.Known.Pressed.Select(input => input.ToString())));

    [Fact]
    public void A_call_between_two_own_numbers_is_the_incoming_side_of_it()
    {
        var call = RecordedCall.Of(Script.Fold(Script.Facts("in@1/M>N b:out@0/M>N answer@2 hangup@9 b:hangup@9")))!;

        Assert.Equal(
            (Script.Number('N'), Script.Number('M'), CallDirection.Incoming, 0),
            (call.Known.Called, call.Known.Caller, call.Known.Direction, call.What.Rung.Count));
    }

    /// <summary>Each call counts once, whatever legs it has at the phones of one member; and the one that asks not at
    /// all.</summary>
    [Fact]
    public void A_members_calls_are_counted_at_his_phones()
    {
        var loads = new PhoneLoads();
        var terms = new TeamTerms(null, 1, [Script.Number('Y'), "SIP:Ann@Desk"]);
        loads.Add(Call("in@0 b:out@3 c:out@4 b:hangup@20 c:hangup@30 hangup@30"));
        loads.Add(Call("in@5 b:out@6/N>M b:hangup@90 hangup@90"));

        Assert.Equal(
            [0, 1, 1, 0], new[] { 2.9m, 3, 29.9m, 30 }.Select(second => loads.Of(terms, Script.At(second)) ?? -1));
        Assert.Null(loads.Of(TeamTerms.Default, Script.At(3)));
    }

    [Theory, Table("""
        left                          right
        +1-202-555-0133               +12025550133
        sip:+12025550133@carrier.net  +12025550133
        SIP:Ann@Desk.example;x=1      sip:ann@desk.example
        """)]
    public void A_phone_has_one_way_of_writing(string left, string right) =>
        Assert.Equal(right, PhoneAddress.Of(left));

    private static RecordedCall Call(string script) => RecordedCall.Of(Script.Fold(Script.Facts(script)))!;

    private static Instant At(int hour) => Desk.Now + (hour * Hour);

    private static MemberJoined Joined(string member, int hour) => new(member, At(hour), Role.Member, "user:mia");

    private static AvailabilitySet Said(string member, Availability availability, int hour) =>
        (AvailabilitySet)Told(new AvailabilitySet(member, availability), hour);

    private static ConfigurationFact Told(ConfigurationFact fact, int hour) =>
        fact with { OccurredAt = At(hour), EffectiveAt = At(hour) };

    private static RoutingPast Past(Fact[] told, params ConfigurationFact[] facts) => Past(told, null, facts);

    private static RoutingPast Past(Fact[] told, Instant? known, params ConfigurationFact[] facts) => new(
        Desk.History(facts), told, DateTimeZoneProviders.Tzdb, known);
}
