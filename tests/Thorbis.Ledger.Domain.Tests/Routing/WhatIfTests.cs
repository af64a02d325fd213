using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

public sealed class WhatIfTests
{
    private static readonly Instant First = Desk.Now - Duration.FromDays(30);

    /// <summary>Decisions on calls by any history of any facts: the present configuration, worked out anew, moves none
    /// of them. Compared with what was in force then, calls since the last change stay where they were.</summary>
    [Fact]
    public void The_present_configuration_against_itself_changes_nothing() =>
        Gen.Select(Changes, AnyRouting.Remembered.Array[1, 6], Gen.Int[0, 60].Array[6]).Sample(
            (changes, calls, hours) =>
        {
            var (history, now) = (Desk.History(changes), First + Duration.FromHours(48));
            var same = Desk.History(history.Changes.Select(change => change.Fact));
            var past = Past(history);
            var present = past.Compile(history.InForce(now, DateTimeZoneProviders.Tzdb), now);
            var draft = past.Compile(history.With([]).InForce(now, DateTimeZoneProviders.Tzdb), now);
            var byNow = new WhatIf(past, draft, present);
            var byThen = new WhatIf(Past(same), draft);
            var lastChange = history.Changes.Where(c => c.Fact.EffectiveAt <= now).Max(c => c.Fact.EffectiveAt);
            foreach (var (call, hour) in calls.Zip(hours.Order()))
            {
                var recorded = Recorded(call.Partly with { At = First + Duration.FromHours(hour) });
                var (one, other) = (byNow.Compare(recorded), byThen.Compare(recorded));
                Assert.True(one.Comparison.Moved == Moved.No || !present.HasRules);
                if (recorded.Known.At >= lastChange && recorded.Known.At <= now)
                {
                    Assert.Equal(one.Before, other.Before);
                }
            }
        });

    /// <summary>Book, menus, hours and team, in force at each change of a history: as the history says.</summary>
    [Fact]
    public void What_is_made_ready_once_is_what_was_in_force() =>
        Gen.Select(Changes, AnyRouting.Call, Gen.Int[0, 60]).Sample((changes, call, hour) =>
        {
            var history = Desk.History(changes);
            var at = First + Duration.FromHours(hour);
            var past = Past(history);
            _ = past.At(First);
            var span = past.At(at);
            Assert.Equal(history.Book.InForce(at), span.Configuration.Book);
            Assert.Equal(
                Router.Decide(history.InForce(at, DateTimeZoneProviders.Tzdb) with
                {
                    Team = span.Configuration.Team,
                }, call),
                span.Router.Decide(call));
        });

    [Theory, Table("""
        before   after    talk  told  seconds  amount  why
        # 61 s are two started minutes of 0.012.
        box      number   61    no    0        0       NoOneRung
        sip      number   61    yes   120      0.024   -
        number   sip      61    yes   -120     -0.024  -
        number   far      61    yes   0        0       -
        # Two phones, or none: which one would have rung is not known.
        two      number   61    no    0        0       Phones
        none     number   61    no    0        0       Phones
        sip      number   0     no    0        0       NobodyTalked
        """)]
    public void A_talk_elsewhere_is_priced_where_that_can_be_told(
        string before, string after, int talk, string told, long seconds, decimal amount, PriceUnknown? why)
    {
        RoutingConfiguration Sends(string to) => Desk.Configuration(
            Desk.Rule(1, new Direct(to switch
            {
                "box" => Desk.Box,
                "number" => new ToNumber("+4930123"),
                "far" => new ToNumber("+8190123"),
                _ => new ToMember(to),
            }))) with
        {
            Team = new Dictionary<string, TeamTerms>
            {
                ["sip"] = new(null, 1, ["sip:x@desk"]),
                ["two"] = new(null, 1, ["sip:x@desk", "+49309"]),
                ["none"] = new(null, 1),
            },
        };
        var situation = new[] { "sip", "two", "none" }.Aggregate(
            Desk.Call(), (call, member) => call.With(member, Availability.Available));
        var (old, draft) = (Sends(before), Sends(after));
        var (from, to) = (Router.Decide(old, situation), Router.Decide(draft, situation));
        var call = new ComparedCall(
            situation, talk * 1_000_000L, new(old, Router.Compile(old), true), from, to, RouteComparison.Of(from, to),
            default);

        var (difference, unknown) = TalkPrice.Difference(call, draft, RateDeck.Begin(DefaultDeck.Id));

        Assert.Equal((told == "yes", why), (difference is not null, unknown));
        Assert.Equal((seconds, amount), (difference?.Seconds ?? 0, difference?.Amount ?? 0));
    }

    [Fact]
    public void Totals_count_what_moves_and_why_the_rest_cannot_be_told()
    {
        var (old, draft) = (Desk.Configuration(Desk.Rule(1, new BusinessHours("office", new ToMember("ann")))), Desk
            .Configuration(Desk.Book(Desk.Rule(1, new BusinessHours("office", new ToMember("ann")))), open: false));
        var totals = new WhatIfTotals(draft, RateDeck.Begin(DefaultDeck.Id));
        foreach (var situation in new[] { Desk.Call(), Desk.Call(), Desk.Call().With("ann", null) })
        {
            var (spans, by) = ((Old: Span(old), New: Span(draft)), (Router.Decide(old, situation), Router.Decide(draft,
                situation)));
            totals.Add(new(
                situation, 0, spans.Old, by.Item1, by.Item2, RouteComparison.Of(by.Item1, by.Item2),
                (spans.Old.AfterHours(by.Item1), spans.New.AfterHours(by.Item2))));
        }

        Assert.Equal((3, 3, 0), (totals.Calls, totals.Moved, totals.CannotTell));
        Assert.Equal((new BeforeAfter(0, 2), new BeforeAfter(0, 2)), (totals.Voicemail, totals.AfterHours));
        Assert.Equal(3, totals.Unpriced[PriceUnknown.NobodyTalked]);
    }

    private static RoutingSpan Span(RoutingConfiguration configuration) =>
        new(configuration, Router.Compile(configuration), true);

    /// <summary>Facts of every kind, in the order of the ledger, some of them planned.</summary>
    private static readonly Gen<ConfigurationFact[]> Changes = Gen.Select(
        Gen.Select(
            Gen.Int[0, 5], AnyRouting.Rule, AnyRouting.Menu, AnyRouting.Book, Gen.Int[0, 2], Gen.Enum<Availability>(),
            (kind, rule, menu, book, i, availability) => (ConfigurationFact)(kind switch
            {
                0 => new RuleAdded(rule, null, null),
                1 => new RuleBookRestored(book, 0),
                2 => new MenuDefined($"m{i + 1}", menu with { Id = $"m{i + 1}" }),
                3 => new TeamTermsSet(new[] { "ann", "bob", "cat" }[i], new(i == 2 ? "s1" : null, i + 1)),
                4 => new ScheduleDefined(Desk.Id(i), 1, new(
                    $"s{i}", "Europe/Berlin", i == 0 ? WeekPresets.Weekdays : WeekPresets.Always, Desk.Box, [])),
                _ => new AvailabilitySet("ann", availability),
            })),
        Gen.Int[0, 40], Gen.Int[0, 8],
        (fact, at, ahead) => fact with
        {
            OccurredAt = First + Duration.FromHours(at),
            EffectiveAt = First + Duration.FromHours(at + Math.Max(0, ahead - 4)),
        }).Array[1, 12].Select(facts => facts.OrderBy(fact => fact.OccurredAt).ToArray());

    private static RoutingPast Past(ConfigurationHistory history) => new(
        history,
        [.. new[] { "ann", "bob", "cat" }.Select(member => new MemberJoined(member, First, Role.Member, "user:mia"))],
        DateTimeZoneProviders.Tzdb);

    private static RecordedCall Recorded(CallSituation call) => new(
        call with { Direction = CallDirection.Incoming },
        RecordedCall.Of(Script.Fold(Script.Facts("in@0 hangup@9")))!.What, 0, []);
}
