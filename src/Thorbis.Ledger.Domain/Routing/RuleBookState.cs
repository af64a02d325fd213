using System.Collections.Immutable;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A rule book, folded from facts in the order in which they hold.</summary>
/// <param name="Removed">Rules that were removed, as they were last.</param>
public sealed record RuleBookState(RuleBook Book, ImmutableDictionary<Guid, Rule> Removed)
{
    public static readonly RuleBookState Empty = new(RuleBook.Empty, ImmutableDictionary<Guid, Rule>.Empty);

    /// <summary>What a fact is about may be gone by the time it holds: then it changes nothing.</summary>
    public static RuleBookState Evolve(RuleBookState state, RuleBookFact fact) => fact switch
    {
        RuleFact rule => OfRule(state, rule),
        QueueFact queue => state.WithBook(state.Book with { Queues = OfQueue(state.Book.Queues, queue) }),
        CallerBlocked blocked => state.WithBook(
            state.Book with { Blocked = [.. state.Book.Blocked.Where(c => c != blocked.Caller), blocked.Caller] }),
        CallerUnblocked unblocked => state.WithBook(
            state.Book with { Blocked = [.. state.Book.Blocked.Where(c => c != unblocked.Caller)] }),
        DefaultDestinationSet set => state.WithBook(state.Book with { Default = set.To }),
        RuleBookRestored restored => state.Replaced(restored.Book),
        _ => state,
    };

    private static RuleBookState OfRule(RuleBookState state, RuleFact fact) => fact switch
    {
        RuleAdded added => state.Insert(added.Rule, added.Behind),
        RuleRestored restored => state.Insert(restored.Rule, restored.Behind),
        RuleRevised { After: var after } revised => state.Map(after.Id, rule => Merge(rule, revised.Before, after)),
        RuleEnabled enabled => state.Map(enabled.RuleId, rule => rule with { Enabled = true }),
        RuleDisabled disabled => state.Map(disabled.RuleId, rule => rule with { Enabled = false }),
        RuleMoved moved => state.Move(moved.RuleId, moved.Behind),
        RuleRemoved removed => state.Book.Rule(removed.RuleId) is { } rule
            ? new(Without(state.Book, rule.Id), state.Removed.SetItem(rule.Id, rule))
            : state,
        _ => state,
    };

    private static IReadOnlyList<Queue> OfQueue(IReadOnlyList<Queue> queues, QueueFact fact) => fact switch
    {
        QueueAdded { Queue: var queue } when queues.All(q => q.Id != queue.Id) => [.. queues, queue],
        QueueRevised { Before: var before, After: var after } =>
            [.. queues.Select(queue => queue.Id == after.Id ? Merge(queue, before, after) : queue)],
        QueueRemoved removed => [.. queues.Where(queue => queue.Id != removed.QueueId)],
        _ => queues,
    };

    private RuleBookState WithBook(RuleBook book) => this with { Book = book };

    private RuleBookState Insert(Rule rule, Guid? behind)
    {
        if (Book.Rule(rule.Id) is not null)
        {
            return this;
        }
        var rules = Book.Rules.ToList();
        rules.Insert(PlaceBehind(rules, behind) ?? rules.Count, rule);
        return new(Book with { Rules = rules }, Removed.Remove(rule.Id));
    }

    private RuleBookState Map(Guid id, Func<Rule, Rule> change) => Book.Rule(id) is null
        ? this
        : WithBook(Book with { Rules = [.. Book.Rules.Select(rule => rule.Id == id ? change(rule) : rule)] });

    private RuleBookState Move(Guid id, Guid? behind)
    {
        var rules = Book.Rules.Where(rule => rule.Id != id).ToList();
        if (Book.Rule(id) is not { } moved || PlaceBehind(rules, behind) is not { } place)
        {
            return this;
        }
        rules.Insert(place, moved);
        return WithBook(Book with { Rules = rules });
    }

    private RuleBookState Replaced(RuleBook book) => new(
        book,
        Removed.RemoveRange(book.Rules.Select(rule => rule.Id)).SetItems(Book.Rules
            .Where(rule => book.Rule(rule.Id) is null).Select(rule => KeyValuePair.Create(rule.Id, rule))));

    private static RuleBook Without(RuleBook book, Guid id) =>
        book with { Rules = [.. book.Rules.Where(rule => rule.Id != id)] };

    /// <returns>Null when the rule is gone.</returns>
    private static int? PlaceBehind(List<Rule> rules, Guid? behind) =>
        behind is null ? 0
        : rules.FindIndex(rule => rule.Id == behind) is >= 0 and var place ? place + 1
        : null;

    private static Rule Merge(Rule now, Rule before, Rule after) => after with
    {
        Name = Pick(now.Name, before.Name, after.Name),
        Enabled = Pick(now.Enabled, before.Enabled, after.Enabled),
        When = Lists.Same(before.When, after.When) ? now.When : after.When,
        Then = Pick(now.Then, before.Then, after.Then),
        Ring = new(
            Pick(now.Ring.Seconds, before.Ring.Seconds, after.Ring.Seconds),
            Pick(now.Ring.Recording, before.Ring.Recording, after.Ring.Recording)),
        Fallback = Pick(now.Fallback, before.Fallback, after.Fallback),
        Notice = Pick(now.Notice, before.Notice, after.Notice),
    };

    private static Queue Merge(Queue now, Queue before, Queue after) => after with
    {
        Name = Pick(now.Name, before.Name, after.Name),
        Members = Lists.Same(before.Members, after.Members) ? now.Members : after.Members,
        Strategy = Pick(now.Strategy, before.Strategy, after.Strategy),
        WaitSecondsMax = Pick(now.WaitSecondsMax, before.WaitSecondsMax, after.WaitSecondsMax),
        SizeMax = Pick(now.SizeMax, before.SizeMax, after.SizeMax),
        HoldAudio = Pick(now.HoldAudio, before.HoldAudio, after.HoldAudio),
        AnnouncePosition = Pick(now.AnnouncePosition, before.AnnouncePosition, after.AnnouncePosition),
        Overflow = Pick(now.Overflow, before.Overflow, after.Overflow),
        CallBack = Pick(now.CallBack, before.CallBack, after.CallBack),
    };

    private static T Pick<T>(T now, T before, T after) => Equals(before, after) ? now : after;
}
