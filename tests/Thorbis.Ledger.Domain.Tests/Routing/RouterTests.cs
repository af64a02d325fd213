using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

public sealed class RouterTests
{
    private static readonly RuleAction ToAnn = new Direct(new ToMember("ann"));
    private static readonly RuleAction ToBob = new Direct(new ToMember("bob"));

    [Fact]
    public void The_first_rule_that_applies_decides()
    {
        var rules = new[]
        {
            Desk.Rule(1, ToAnn) with { Enabled = false },
            Desk.Rule(2, ToAnn, new CalledNumber([Desk.Support])),
            Desk.Rule(3, ToBob, new CalledNumber([Desk.Sales])),
            Desk.Rule(4, ToAnn),
        };

        var decision = Router.Decide(Desk.Configuration(rules), Desk.Call());

        Assert.Equal((Desk.Id(3), new ToMember("bob")), (decision.Route.RuleId, Assert.Single(decision.Route.Targets)));
    }

    [Theory, Table("""
        prefix     caller                  called          anonymous  applies
        -          +4930123456             -               -          true
        +4930      +4930123456             -               -          true
        +4940      +4930123456             -               -          false
        +4930      +49-30-123456           -               -          true     # As a carrier may write it.
        +4930      anonymous               -               -          false
        -          anonymous               -               yes        true
        -          +4930123456             -               yes        false
        -          sip:desk@example.com    -               yes        false    # Shows an address, though no number.
        -          sip:anonymous@invalid   -               yes        true
        -          +4930123456             +12025550100    -          true
        -          +4930123456             +12025550101    -          false
        """)]
    public void A_condition_looks_at_caller_or_number(
        string? prefix, string caller, string? called, string? anonymous, bool applies)
    {
        Condition?[] conditions =
        [
            prefix is null ? null : new CallerPrefix(["+99", prefix]),
            called is null ? null : new CalledNumber(["+12025550199", called]),
            anonymous is null ? null : new AnonymousCaller(),
        ];

        Assert.Equal(applies, Applies(Desk.Call(caller: caller), [.. conditions.OfType<Condition>()]));
    }

    /// <summary>18:05 on a Tuesday in Berlin, 13:05 in New York.</summary>
    [Theory, Table("""
        zone              day        from  to    applies
        Europe/Berlin     Tuesday    1085  1086  true
        Europe/Berlin     Tuesday    1086  1440  false    # The first minute is in it,
        Europe/Berlin     Tuesday    1000  1085  false    # the last is out of it again.
        Europe/Berlin     Monday     1080  2526  true     # Past midnight, until 18:06 of Tuesday.
        Europe/Berlin     Monday     1080  2525  false
        America/New_York  Tuesday    785   786   true
        Nowhere/Land      Tuesday    0     1440  false
        """)]
    public void A_time_is_that_of_the_clock_on_the_wall(
        string zone, IsoDayOfWeek day, int from, int to, bool applies) =>
        Assert.Equal(applies, Applies(Desk.Call(), new TimeOfWeek(zone, [new(day, from, to)])));

    [Fact]
    public void A_range_reaches_from_Sunday_into_Monday()
    {
        var monday = Desk.Call() with { At = Instant.FromUtc(2026, 3, 9, 0, 30) };

        Assert.True(Applies(monday, new TimeOfWeek("UTC", [new(IsoDayOfWeek.Sunday, 1380, 1500)])));
        Assert.False(Applies(monday, new TimeOfWeek("UTC", [new(IsoDayOfWeek.Sunday, 1380, 1470)])));
    }

    /// <summary>The clock on the wall of New York goes from 01:59 EDT to 01:00 EST on 1 November 2026.</summary>
    [Theory, Table("""
        utc    applies
        05:30  true     # 01:30 for the first time,
        06:30  true     # and again.
        07:30  false
        """)]
    public void A_repeated_hour_counts_both_times(string utc, bool applies)
    {
        var at = NodaTime.Text.InstantPattern.ExtendedIso.Parse($"2026-11-01T{utc}:00Z").Value;

        Assert.Equal(applies, Applies(
            Desk.Call() with { At = at }, new TimeOfWeek("America/New_York", [new(IsoDayOfWeek.Sunday, 60, 120)])));
    }

    [Fact]
    public void Tags_and_customers_are_the_calls()
    {
        var call = Desk.Call() with { Tags = ["vip", "eu"], Customer = new("c-7") };

        Assert.True(Applies(call, new NumberTag("eu"), new FromCustomer([]), new FromCustomer(["c-7"])));
        Assert.False(Applies(call, new NumberTag("us")));
        Assert.False(Applies(call, new FromCustomer(["c-8"])));
        Assert.False(Applies(Desk.Call(), new FromCustomer([])));
    }

    [Fact]
    public void A_blocked_caller_is_rejected_before_any_rule()
    {
        var book = Desk.Book(Desk.Rule(1, ToAnn)) with { Blocked = [Desk.Caller] };

        Assert.Equal(new ToReject(), End(book, Desk.Call(caller: "+49 30 123456")));
        Assert.Equal(new ToMember("ann"), End(book, Desk.Call(caller: "+4930123457")));
    }

    [Fact]
    public void An_outgoing_call_goes_where_it_was_dialled()
    {
        var call = Desk.Call("+4940999") with { Direction = CallDirection.Outgoing };

        Assert.Equal(new ToNumber("+4940999"), End(Desk.Book(Desk.Rule(1, ToAnn)), call));
    }

    [Theory, Table("""
        ann           calls  end
        Available     0      ann
        Available     1      box      # Her limit is one call.
        Busy          0      box
        Away          0      box
        DoNotDisturb  0      box
        Offline       0      box
        """)]
    public void Who_cannot_take_a_call_does_not_ring(Availability ann, int calls, string end)
    {
        var rule = Desk.Rule(1, ToAnn) with { Fallback = Desk.Box };

        Assert.Equal(
            end == "ann" ? new ToMember("ann") : Desk.Box, End(Desk.Book(rule), Desk.Call().With("ann", ann, calls)));
    }

    [Fact]
    public void Nobody_rings_outside_of_their_own_hours()
    {
        var book = Desk.Book(Desk.Rule(1, new Direct(new ToMember("cat"))));

        Assert.Equal([new ToMember("cat")], Router.Decide(Desk.Configuration(book), Desk.Call()).Route.Targets);
        Assert.Equal([new ToBusy()], Router.Decide(Desk.Configuration(book, open: false), Desk.Call()).Route.Targets);
    }

    [Fact]
    public void Round_robin_takes_the_one_with_the_fewest_turns_who_can_take_the_call()
    {
        var book = Desk.Book(Desk.Rule(1, new RoundRobin(["ann", "bob", "cat"])));
        var call = Desk.Call().WithTurns(1, "ann", 3).WithTurns(1, "bob", 2).WithTurns(1, "cat", 2);

        Assert.Equal(new ToMember("bob"), End(book, call));
        Assert.Equal(new ToMember("cat"), End(book, call.With("bob", Availability.Away)));
        Assert.Equal(new ToBusy(), End(book, call.With("ann", Availability.Busy).With("bob", Availability.Away)
            .With("cat", Availability.Available, 1)));
    }

    [Fact]
    public void Simultaneous_ring_is_of_all_who_can_take_the_call()
    {
        var book = Desk.Book(Desk.Rule(1, new Simultaneous(["ann", "bob", "cat", "gone"])));

        var route = Router.Decide(Desk.Configuration(book), Desk.Call().With("bob", Availability.Away)).Route;

        Assert.Equal([new ToMember("ann"), new ToMember("cat")], route.Targets);
        Assert.Equal(new ToBusy(), route.Otherwise);
    }

    [Fact]
    public void While_closed_the_schedule_says_where_calls_go()
    {
        var book = Desk.Book(Desk.Rule(1, new BusinessHours("office", new ToMember("ann"))));

        Assert.Equal([new ToMember("ann")], Router.Decide(Desk.Configuration(book), Desk.Call()).Route.Targets);
        Assert.Equal([Desk.Box], Router.Decide(Desk.Configuration(book, open: false), Desk.Call()).Route.Targets);
    }

    [Theory, Table("""
        waiting  end
        1        queue
        2        box     # It has two places.
        """)]
    public void A_full_queue_overflows(int waiting, string end)
    {
        var call = Desk.Call() with { Waiting = new Dictionary<string, int> { ["line"] = waiting } };

        Assert.Equal(
            end == "queue" ? new ToQueue("line") : Desk.Box, End(Desk.Book(Desk.Rule(1, new JoinQueue("line"))), call));
    }

    [Theory, Table("""
        pressed  end
        -        menu
        t        menu
        1        queue
        2        ann
        9 9      box     # Two keys without meaning are one too many.
        t t      box
        s        box
        """)]
    public void A_menu_leads_where_the_keys_say(string? pressed, string end)
    {
        Assert.True(MenuInput.TryParse(pressed ?? "", out var inputs));

        var to = End(Desk.Book(Desk.Rule(1, new PlayMenu("main"))), Desk.Call() with { Pressed = inputs });

        Destination expected = end switch
        {
            "menu" => new ToMenu("main"),
            "queue" => new ToQueue("line"),
            "ann" => new ToMember("ann"),
            _ => Desk.Box,
        };
        Assert.Equal(expected, to);
    }

    [Fact]
    public void What_is_missing_falls_back_and_in_the_end_hangs_up()
    {
        RuleAction[] broken =
        [
            new PlayMenu("none"), new JoinQueue("none"), new BusinessHours("none", new ToBusy()), new RoundRobin([]),
            new Simultaneous(["none"]), new Direct(new ToMember("none")),
        ];
        foreach (var action in broken)
        {
            var rule = Desk.Rule(1, action);
            Assert.Equal(Desk.Box, End(Desk.Book(rule with { Fallback = Desk.Box }), Desk.Call()));
            Assert.Equal(new ToBusy(), End(Desk.Book(rule), Desk.Call()));
            Assert.Equal(new ToHangUp(), End(Desk.Book(rule) with { Default = null }, Desk.Call()));
        }
    }

    [Fact]
    public void Queues_that_overflow_in_a_circle_come_to_an_end()
    {
        var book = Desk.Book(Desk.Rule(1, new JoinQueue("line"))) with
        {
            Queues = [Desk.Line with { Overflow = new ToQueue("line") }],
        };
        var call = Desk.Call() with { Waiting = new Dictionary<string, int> { ["line"] = 2 } };

        var decision = Router.Decide(Desk.Configuration(book), call);

        Assert.Equal([new ToHangUp()], decision.Route.Targets);
        Assert.Equal(TraceCode.TooManySteps, decision.Trace[^1].Code);
    }

    private static bool Applies(CallSituation call, params Condition[] when) =>
        End(Desk.Book(Desk.Rule(1, ToAnn, when)), call) == new ToMember("ann");

    private static Destination End(RuleBook book, CallSituation call)
    {
        var decision = Router.Decide(Desk.Configuration(book), call);
        Assert.True(decision.Certain);
        return Assert.Single(decision.Route.Targets);
    }
}
