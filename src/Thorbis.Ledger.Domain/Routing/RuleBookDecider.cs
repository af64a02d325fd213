using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Decides on a company's rule book. Accepted facts added to the history give the state for the next command,
/// so that several can be decided on before any is recorded.</summary>
public static partial class RuleBookDecider
{
    /// <summary>Checks a command against the book that is in force when it shall hold, and what comes of it against
    /// everything that is planned for later. Asked again, it records nothing.</summary>
    public static Decision<RuleBookFact> Decide(
        RuleBookHistory history, RuleBookCommand command, Change change, Inventory inventory, Instant now)
    {
        var from = change.From(now);
        var decision = Of(history, history.StateAt(from), command, inventory);
        var signed = change.Over(decision, history.Version, now);
        return signed is Accepted<RuleBookFact> { Facts: [_, ..] facts }
            && Spoiled(history, facts, from, inventory) is { } refusal ? refusal : signed;
    }

    /// <summary>Checks several commands, each on what those before it come to; the book as a whole when all are
    /// done.</summary>
    /// <returns>What all come to, or the first refusal and the place of its command, from 0; the number of commands
    /// where it is about the book as a whole.</returns>
    internal static (Decision<RuleBookFact> Decision, int Place) DecideAll(
        RuleBookHistory history, IReadOnlyList<RuleBookCommand> commands, Change change, Inventory inventory,
        Instant now)
    {
        var from = change.From(now);
        var (state, facts) = (history.StateAt(from), new List<RuleBookFact>());
        for (var i = 0; i < commands.Count; i++)
        {
            var decision = change.Over(Of(history, state, commands[i], inventory), history.Version, now);
            if (decision is not Accepted<RuleBookFact> { Facts: var more })
            {
                return (decision, i);
            }
            facts.AddRange(more);
            state = more.Aggregate(state, RuleBookState.Evolve);
        }
        return facts.Count > 0 && Spoiled(history, facts, from, inventory) is { } refusal
            ? (refusal, commands.Count)
            : (new Accepted<RuleBookFact>(facts), commands.Count);
    }

    private static readonly Accepted<RuleBookFact> Nothing = new([]);

    private static Decision<RuleBookFact> Of(
        RuleBookHistory history, RuleBookState state, RuleBookCommand command, Inventory inventory) => command switch
        {
            RuleCommand rule => OfRule(state, rule, inventory),
            QueueCommand queue => OfQueue(state.Book, queue, inventory),
            BlockCaller block => Block(state.Book, block.Caller),
            UnblockCaller unblock => Unblock(state.Book, unblock.Caller),
            SetDefaultDestination set => Default(state.Book, set.To, inventory),
            RestoreBook restore => Restore(history, state.Book, restore.Version, inventory),
            _ => Nothing,
        };

    /// <summary>What would not work any more, from then on or once something planned holds. What did not work before
    /// is no reason to refuse a change that has nothing to do with it.</summary>
    private static Refusal? Spoiled(
        RuleBookHistory history, IReadOnlyList<RuleBookFact> facts, Instant from, Inventory inventory)
    {
        var after = history.With(facts);
        foreach (var at in after.From(from))
        {
            var known = BookProblems.Of(history.InForce(at), inventory).ToHashSet();
            if (BookProblems.Of(after.InForce(at), inventory).FirstOrDefault(p => !known.Contains(p)) is { } problem)
            {
                return at == from ? problem
                    : problem with { Detail = $"{problem.Detail} So it would be from {at} on, as planned." };
            }
        }
        return null;
    }

    private static Decision<RuleBookFact> Block(RuleBook book, string caller) =>
        book.Blocked.Contains(caller) ? Nothing
        : PhoneNumber.IsE164(caller) ? new CallerBlocked(caller)
        : Refusal.Of("caller", Texts.PhoneExpected);

    private static Decision<RuleBookFact> Unblock(RuleBook book, string caller) =>
        book.Blocked.Contains(caller) ? new CallerUnblocked(caller)
        : PhoneNumber.IsE164(caller) ? Nothing
        : Refusal.Of("caller", Texts.PhoneExpected);

    private static Decision<RuleBookFact> Default(RuleBook book, Destination? to, Inventory inventory) =>
        to == book.Default ? Nothing
        : First(RuleRules.Check(to, "to", QueueIds(book), inventory)) is { } refusal ? refusal
        : new DefaultDestinationSet(to);

    private static Decision<RuleBookFact> Restore(
        RuleBookHistory history, RuleBook book, int version, Inventory inventory)
    {
        if (version < 0 || version > history.Version)
        {
            return Refusal.Of("version", $"The rule book has the versions 0 to {history.Version}.");
        }
        var former = history.AtVersion(version);
        return former == book ? Nothing
            : First(RuleRules.Check(former, inventory)) is { } refusal ? refusal
            : new RuleBookRestored(former, version);
    }

    private static string[] QueueIds(RuleBook book) => [.. book.Queues.Select(queue => queue.Id)];

    private static Refusal? First(IReadOnlyList<Refusal> refused) => refused is [var first, ..] ? first : null;
}
