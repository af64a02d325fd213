using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>What was in force is what the facts say, one after the other, whatever is kept on the way.</summary>
public sealed class ConfigurationHistoryLaws
{
    private static readonly Gen<ConfigurationFact> Fact = Gen.OneOf(
        Gen.Select(AnyRouting.Rule, Gen.Int[1, 6]).Select(
            (rule, behind) => (ConfigurationFact)new RuleAdded(rule, Desk.Id(behind), null)),
        Gen.Select(AnyRouting.Rule, AnyRouting.Rule).Select(
            (before, after) => (ConfigurationFact)new RuleRevised(before with { Id = after.Id }, after)),
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6]).Select(
            (rule, behind) => (ConfigurationFact)new RuleMoved(Desk.Id(rule), Desk.Id(behind))),
        Gen.Int[1, 6].Select(rule => (ConfigurationFact)new RuleRemoved(Desk.Id(rule))),
        Gen.Int[1, 6].Select(rule => (ConfigurationFact)new RuleDisabled(Desk.Id(rule))),
        Gen.Int[0, 9].Select(caller => (ConfigurationFact)new CallerBlocked($"+4930{caller:0000}")),
        Gen.Int[0, 9].Select(caller => (ConfigurationFact)new CallerUnblocked($"+4930{caller:0000}")),
        AnyRouting.Book.Select(book => (ConfigurationFact)new RuleBookRestored(book, 1)),
        AnyRouting.Menu.Select(menu => (ConfigurationFact)new MenuRevised("m", menu)),
        Gen.Const((ConfigurationFact)new MenuRetired("m")),
        Gen.Enum<Availability>().Select(said => (ConfigurationFact)new AvailabilitySet("ann", said)));

    /// <summary>Recorded seconds after each other, sometimes by a clock that was behind, and in force at once or
    /// later.</summary>
    private static readonly Gen<RecordedChange[]> Changes =
        Gen.Select(Fact, Gen.Int[-3, 9], Gen.Int[-20, 60]).Array[0, 700].Select(facts =>
        {
            var (at, changes) = (0, new RecordedChange[facts.Length]);
            foreach (var (i, (fact, passed, ahead)) in facts.Index())
            {
                at += passed;
                changes[i] = new((i * 2) + 1, StreamOf(fact), fact with
                {
                    OccurredAt = At(at),
                    EffectiveAt = At(at + Math.Max(0, ahead)),
                });
            }
            return changes;
        });

    [Fact]
    public void As_of_is_the_fold_of_the_facts_that_were_in_force_and_known() =>
        Gen.Select(Changes, Gen.Int[-50, 3_000].Array[4], Gen.Int[-50, 3_000].Array[4], Gen.Int[0, 1_500].Array[4])
            .Sample((changes, instants, known, places) =>
            {
                // Read in two parts, as from a ledger that goes on.
                var history = ConfigurationHistory.Empty.With(changes[..(changes.Length / 2)]);
                history = history.With(changes[(changes.Length / 2)..]);
                for (var i = 0; i < instants.Length; i++)
                {
                    var at = At(instants[i]);
                    Same(history, changes, at);
                    Same(history.Known(At(known[i])), Known(changes, At(known[i]), long.MaxValue), at);
                    Same(history.Known(null, places[i]), Known(changes, null, places[i]), at);
                    Same(
                        history.Known(At(known[0])).Known(At(known[i]), places[i]),
                        Known(Known(changes, At(known[0]), long.MaxValue), At(known[i]), places[i]), at);
                }
            }, iter: 100);

    private static void Same(ConfigurationHistory history, RecordedChange[] changes, Instant at)
    {
        Assert.Equal(
            InForce<RuleBookFact>(changes, at).Aggregate(RuleBookState.Empty, RuleBookState.Evolve).Book,
            history.BookAt(at));
        Assert.Equal(history.Book.InForce(at), history.BookAt(at));
        Assert.Equal(
            InForce<MenuFact>(changes, at).LastOrDefault() is MenuRevised { Menu: var menu } ? menu : null,
            history.MenusAt(at).GetValueOrDefault("m"));
        Assert.Equal(
            InForce<TeamFact>(changes, at).OfType<AvailabilitySet>().LastOrDefault()?.Availability
                ?? Availability.Available,
            (history.Team.GetValueOrDefault("ann")?.InForce(at) ?? TeamMember.New).Availability);
    }

    private static IEnumerable<TFact> InForce<TFact>(RecordedChange[] changes, Instant at)
        where TFact : ConfigurationFact => changes.Select(change => change.Fact).OfType<TFact>()
        .Where(fact => fact.EffectiveAt <= at).OrderBy(fact => fact.EffectiveAt);

    private static RecordedChange[] Known(RecordedChange[] changes, Instant? known, long place) =>
        [.. changes.Where(c => c.Sequence <= place && (known is null || c.Fact.OccurredAt <= known))];

    private static Instant At(int second) => Desk.Now + Duration.FromSeconds(second);

    private static string StreamOf(ConfigurationFact fact) => fact switch
    {
        MenuFact => "menu/m",
        TeamFact => "team/ann",
        _ => ConfigurationHistory.BookStream,
    };
}
