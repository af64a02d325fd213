using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>Tells what one fact changed, with the names of what it names.</summary>
public delegate IReadOnlyList<FieldChange> ToldChange(NameBook names);

/// <summary>What the facts of one stream of the configuration changed. Each is told at the instant from which on it
/// holds, as it was known when it was recorded; one that found nothing to change tells nothing.</summary>
public static class StreamDifferences
{
    /// <param name="stream">All of it, in its order.</param>
    /// <param name="wanted">Whose changes are told, by their places in the ledger.</param>
    /// <returns>By those places.</returns>
    public static IReadOnlyDictionary<long, ToldChange> Of(
        IReadOnlyList<RecordedChange> stream, IReadOnlySet<long> wanted) => stream switch
        {
            [{ Fact: RuleBookFact }, ..] => Told<RuleBookFact, RuleBookState>(
                stream, wanted, RuleBookState.Empty, RuleBookState.Evolve, (fact, before, after) => names =>
                    Differences.Of(before.Book, after.Book, names, (fact as RuleMoved)?.RuleId)),
            [{ Fact: ScheduleFact }, ..] => Told<ScheduleFact, (Schedule? Terms, bool Ended)>(
                stream, wanted, default, Terms, (_, before, after) => names =>
                    Differences.Of(before.Terms, after.Terms, names)),
            [{ Fact: MenuFact }, ..] => Told<MenuFact, Menu?>(
                stream, wanted, null, (_, fact) => MenuHistory.Of(fact), (_, before, after) => names =>
                    Differences.Of(before, after, names)),
            [{ Fact: MailboxFact }, ..] => Told<MailboxFact, (Mailbox? Box, bool Pin)>(
                stream, wanted, default, Box, (fact, before, after) => names =>
                    [.. Differences.Of(before.Box, after.Box, names), .. Pins(fact, before.Pin, after.Pin)]),
            [{ Fact: TeamFact }, ..] => Told<TeamFact, TeamMember>(
                stream, wanted, TeamMember.New, TeamMember.Evolve, (_, before, after) => names =>
                    Differences.Of(before, after, names)),
            _ => new Dictionary<long, ToldChange>(),
        };

    private static Dictionary<long, ToldChange> Told<TFact, TState>(
        IReadOnlyList<RecordedChange> stream, IReadOnlySet<long> wanted, TState empty,
        Func<TState, TFact, TState> evolve, Func<TFact, TState, TState, ToldChange> differences)
        where TFact : ConfigurationFact
    {
        long[] places = [.. stream.Select(change => change.Sequence).Where(wanted.Contains)];
        // What comes after the last of them is not gone through.
        return Unfolding.Of(
            stream.Select(change => (TFact)change.Fact), place => wanted.Contains(stream[place].Sequence), empty, evolve)
            .Take(places.Length).Zip(places)
            .ToDictionary(told => told.Second, told => differences(told.First.Fact, told.First.Before, told.First.After));
    }

    private static (Mailbox? Box, bool Pin) Box((Mailbox? Box, bool Pin) state, MailboxFact fact) => (
        MailboxHistory.Evolve(state.Box, fact),
        fact switch { MailboxPinSet => true, MailboxPinCleared => false, _ => state.Pin });

    /// <summary>No fact has anything of a PIN but that there is one, or another one.</summary>
    private static IEnumerable<FieldChange> Pins(MailboxFact fact, bool before, bool after) => (before, after) switch
    {
        (true, true) when fact is MailboxPinSet => [new("pin", "set", "set", "PIN changed")],
        (false, true) => [new("pin", null, "set", "PIN set")],
        (true, false) => [new("pin", "set", null, "PIN removed")],
        _ => [],
    };

    /// <summary>A retirement is final, whatever was to come after it.</summary>
    private static (Schedule? Terms, bool Ended) Terms((Schedule? Terms, bool Ended) state, ScheduleFact fact) =>
        state.Ended ? state : fact is ScheduleRetired ? (null, true) : (fact.Terms, false);
}
