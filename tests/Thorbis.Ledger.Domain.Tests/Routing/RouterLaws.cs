using CsCheck;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

public sealed class RouterLaws
{
    /// <summary>Also of books that would be refused. What it comes to can be put into words.</summary>
    [Fact]
    public void Every_call_gets_exactly_one_decision() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Remembered).Sample((configuration, call) =>
        {
            var decision = Router.Decide(configuration, call.Partly);
            Assert.NotEmpty(decision.Route.Targets);
            Assert.NotEmpty(decision.Trace);
            Assert.All(
                new TraceWords(configuration, id => id).Of(decision),
                words => Assert.EndsWith(".", words, StringComparison.Ordinal));
        }, iter: 2_000);

    [Fact]
    public void The_same_input_gives_the_same_bytes() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Remembered, AnyRouting.Call).Sample((configuration, call, other)
            =>
        {
            var router = Router.Compile(configuration);
            var first = LedgerJson.Write(router.Decide(call.Partly));
            router.Decide(other);
            Assert.Equal(first, LedgerJson.Write(router.Decide(call.Partly)));
            Assert.Equal(first, LedgerJson.Write(
                Router.Decide(configuration with { Book = LedgerJson.Reload(configuration.Book) }, call.Partly)));
        });

    [Fact]
    public void The_trace_names_every_rule_up_to_the_one_that_applies_in_order() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Call).Sample((configuration, call) =>
        {
            var decision = Router.Decide(configuration, call);
            TraceCode[] aboutRules = [TraceCode.RuleOff, TraceCode.ConditionFailed, TraceCode.RuleApplies];
            var named = decision.Trace.Where(step => aboutRules.Contains(step.Code)).Select(step => step.Of).ToList();
            var rules = configuration.Book.Rules.Select(rule => rule.Id.ToString()).ToList();
            return rules.Take(named.Count).SequenceEqual(named)
                && (named.Count == rules.Count || named.Count == 0
                    || decision.Trace.Any(step => step.Code == TraceCode.RuleApplies));
        });

    [Fact]
    public void A_decision_on_what_is_known_is_certain() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Call).Sample((configuration, call) =>
            Router.Decide(configuration, call).Certain);

    /// <summary>Whatever was forgotten of a call, where it really goes is the route or one of what it may be.</summary>
    [Fact]
    public void What_is_not_known_is_never_ignored() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Remembered).Sample((configuration, call) =>
        {
            var router = Router.Compile(configuration);
            var partly = router.Decide(call.Partly);
            var end = router.Decide(call.Known).Route;
            return end.SameEnd(partly.Route) || partly.MayBe.Any(possibility => Covers(possibility, end));
        }, iter: 5_000);

    /// <summary>What is said of a call partly known holds for the call as it was.</summary>
    [Fact]
    public void What_is_said_to_move_or_stay_does() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Rule, AnyRouting.Remembered).Sample((before, rule, call) =>
        {
            var rules = before.Book.Rules.Select(other => other.Id == rule.Id ? rule : other);
            var after = before with { Book = before.Book with { Rules = [.. rules] } };
            var said = RouteComparison.Of(Router.Decide(before, call.Partly), Router.Decide(after, call.Partly)).Moved;
            var stays = Router.Decide(before, call.Known).Route.SameEnd(Router.Decide(after, call.Known).Route);
            return said == Moved.CannotTell || said == (stays ? Moved.No : Moved.Yes);
        }, iter: 5_000);

    [Fact]
    public void A_book_equal_to_the_present_one_moves_nothing() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Remembered).Sample((configuration, call) =>
        {
            var same = configuration with { Book = LedgerJson.Reload(configuration.Book) };
            return RouteComparison.Of(
                Router.Decide(configuration, call.Partly), Router.Decide(same, call.Partly)).Moved == Moved.No;
        });

    /// <summary>However others come and go.</summary>
    [Fact]
    public void Round_robin_is_fair_among_those_who_can_take_every_call() =>
        Gen.Select(Gen.Int[2, 6], Gen.Bool.Array[6], Gen.Bool.Array[6].Array[1, 60]).Sample((size, steady, calls) =>
        {
            string[] members = [.. Enumerable.Range(0, size).Select(i => $"m{i}")];
            var turns = members.ToDictionary(member => member, _ => 0);
            var router = Router.Compile(Desk.Configuration(Desk.Rule(1, new RoundRobin(members))) with
            {
                Team = members.ToDictionary(member => member, _ => TeamTerms.Default),
            });
            var everybody = members.Aggregate(
                Desk.Call(), (call, member) => call.With(member, Availability.Available));
            foreach (var free in calls)
            {
                var call = members.Index().Where(member => !steady[member.Index] && !free[member.Index]).Aggregate(
                    everybody, (call, member) => call.With(member.Item, Availability.Away));
                var route = router.Decide(call with
                {
                    Turns = new Dictionary<Guid, IReadOnlyDictionary<string, int>> { [Desk.Id(1)] = turns },
                }).Route;
                if (route.Targets is [ToMember chosen])
                {
                    turns[chosen.Member]++;
                }
            }
            var fair = members.Where((_, i) => steady[i]).Select(member => turns[member]).ToList();
            return fair.Count == 0 || fair.Max() - fair.Min() <= 1;
        });

    private static bool Covers(Possibility possibility, Route end) =>
        possibility.Exact ? end.SameEnd(possibility.Route)
        : possibility.Route.MenuNode is not null
            || (end.Targets.All(possibility.Route.Targets.Contains) && end.Otherwise == possibility.Route.Otherwise);
}
