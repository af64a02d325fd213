using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A value of the book, and the change that set it.</summary>
/// <param name="RuleId">Null for what is not of a rule.</param>
/// <param name="Thing">Name of the rule or queue; the caller; null for the default destination.</param>
/// <param name="Field">Such as <c>ring.seconds</c>; <c>place</c> is a rule's place behind the one before it.</param>
/// <param name="Version">Of the change, from 1 on.</param>
public sealed record BookValue(Guid? RuleId, string? Thing, string Field, int Version);

/// <summary>Which change set each value that is in force.</summary>
public static class RuleBookBlame
{
    /// <summary>Rules in their order, then queues, blocked callers, and the default destination where one was ever
    /// set.</summary>
    public static IReadOnlyList<BookValue> Of(RuleBookHistory history, Instant at)
    {
        var state = RuleBookState.Empty;
        var values = new Dictionary<(object Of, string Field), int>();
        var changes = history.Facts.Select((fact, i) => (Fact: fact, Version: i + 1))
            .Where(change => change.Fact.EffectiveAt <= at).OrderBy(change => change.Fact.EffectiveAt);
        foreach (var (fact, version) in changes)
        {
            var before = state.Book;
            state = RuleBookState.Evolve(state, fact);
            foreach (var (of, field, _) in Values(state.Book, before).Except(Values(before, state.Book)))
            {
                values[(of, field)] = version;
            }
        }
        return [.. Named(state.Book, values)];
    }

    private static IEnumerable<BookValue> Named(
        RuleBook book, Dictionary<(object Of, string Field), int> values)
    {
        var names = book.Queues.ToDictionary(queue => queue.Id, queue => queue.Name);
        return Values(book).Where(value => values.ContainsKey((value.Of, value.Field))).Select(value =>
            new BookValue(
                value.Of as Guid?,
                value.Of is Guid id ? book.Rule(id)!.Name
                    : value.Field == "blocked" ? (string)value.Of
                    : names.GetValueOrDefault((string)value.Of),
                value.Field, values[(value.Of, value.Field)]));
    }

    /// <summary>What a book says, one value each; equal values are equal entries.</summary>
    /// <param name="but">Rules, queues and callers that this book holds as the very same objects are left out: a change
    /// leaves most of a book as it is.</param>
    private static IEnumerable<(object Of, string Field, object? Value)> Values(RuleBook book, RuleBook? but = null)
    {
        var known = new HashSet<object>(
            but is null ? [] : [.. but.Rules, .. but.Queues], ReferenceEqualityComparer.Instance);
        for (var i = 0; i < book.Rules.Count; i++)
        {
            yield return (book.Rules[i].Id, "place", i == 0 ? null : book.Rules[i - 1].Id);
        }
        foreach (var rule in book.Rules.Where(rule => !known.Contains(rule)))
        {
            foreach (var (field, value) in Fields(rule))
            {
                yield return (rule.Id, field, value);
            }
        }
        foreach (var (queue, (field, value)) in book.Queues.Where(queue => !known.Contains(queue))
            .SelectMany(queue => Fields(queue).Select(field => (queue.Id, field))))
        {
            yield return (queue, field, value);
        }
        var blocked = ReferenceEquals(book.Blocked, but?.Blocked) ? [] : book.Blocked.Except(but?.Blocked ?? []);
        foreach (var caller in blocked)
        {
            yield return (caller, "blocked", true);
        }
        yield return ("", "default", book.Default);
    }

    private static IEnumerable<(string, object?)> Fields(Rule rule) =>
    [
        ("name", rule.Name), ("enabled", rule.Enabled), ("when", new Listed<Condition>(rule.When)),
        ("then", rule.Then), ("ring.seconds", rule.Ring.Seconds), ("ring.recording", rule.Ring.Recording),
        ("fallback", rule.Fallback), ("notice", rule.Notice),
    ];

    private static IEnumerable<(string, object?)> Fields(Queue queue) =>
    [
        ("name", queue.Name), ("members", new Listed<string>(queue.Members)), ("strategy", queue.Strategy),
        ("waitSecondsMax", queue.WaitSecondsMax), ("sizeMax", queue.SizeMax), ("holdAudio", queue.HoldAudio),
        ("announcePosition", queue.AnnouncePosition), ("overflow", queue.Overflow), ("callBack", queue.CallBack),
    ];

    /// <summary>A list that is equal to one with the same contents.</summary>
    private sealed record Listed<T>(IReadOnlyList<T> Items)
    {
        public bool Equals(Listed<T>? other) => other is not null && Lists.Same(Items, other.Items);

        public override int GetHashCode() => Lists.Hash(Items);
    }
}
