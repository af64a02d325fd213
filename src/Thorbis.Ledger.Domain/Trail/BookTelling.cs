using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in a rule book.</summary>
internal sealed class BookTelling(NameBook names, Guid? moved)
{
    private readonly PlaceTelling _places = new(names);
    private readonly RuleTelling _rules = new(names);
    private readonly QueueTelling _queues = new(names);

    public IEnumerable<FieldChange> Of(RuleBook? before, RuleBook? after) =>
        Telling.Whole(before, after, _ => "rule book", Brief, Fields);

    private IEnumerable<FieldChange> Fields(RuleBook before, RuleBook after) =>
    [
        .. Rules(before.Rules, after.Rules),
        .. Queues(before.Queues, after.Queues),
        .. Blocked(before.Blocked, after.Blocked),
        .. _places.Destination("default", "default destination", before.Default, after.Default),
    ];

    private IEnumerable<FieldChange> Rules(IReadOnlyList<Rule> before, IReadOnlyList<Rule> after)
    {
        var pairing = Pairing<Rule>.By(before, after, rule => rule.Id, rule => rule.Name);
        return
        [
            .. Items(pairing, "rules", RuleTelling.Called, _rules.Brief, _rules.Fields),
            .. Telling.Moves("rules", pairing, RuleTelling.Called, rule => rule.Id == moved),
        ];
    }

    private IEnumerable<FieldChange> Queues(IReadOnlyList<Queue> before, IReadOnlyList<Queue> after)
    {
        var pairing = Pairing<Queue>.By(before, after, queue => queue.Id, queue => queue.Name);
        return
        [
            .. Items(pairing, "queues", QueueTelling.Called, _queues.Brief, _queues.Fields),
            .. Telling.Order("queues", "queues", pairing, queue => queue.Name),
        ];
    }

    private static IEnumerable<FieldChange> Items<T>(
        Pairing<T> pairing, string field, Func<T, string> called, Func<T, string> brief,
        Func<T, T, IEnumerable<FieldChange>> fields) =>
        [
            .. pairing.Removed.Select(gone => new FieldChange(
                $"{field}[{gone.Label}]", brief(gone.Item), null, $"{called(gone.Item)} removed")),
            .. pairing.Added.Select(added => new FieldChange(
                $"{field}[{added.Label}]", null, brief(added.Item),
                $"{called(added.Item)} added ({brief(added.Item)})")),
            .. pairing.Kept.SelectMany(pair => Telling.Within(
                $"{field}[{pair.Label}]", called(pair.Before), fields(pair.Before, pair.After))),
        ];

    private static IEnumerable<FieldChange> Blocked(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var pairing = Pairing<string>.By(before, after, caller => caller, caller => caller);
        return
        [
            .. pairing.Removed.Select(gone => new FieldChange(
                $"blocked[{gone.Label}]", gone.Item, null, $"caller {gone.Item} no longer blocked")),
            .. pairing.Added.Select(added => new FieldChange(
                $"blocked[{added.Label}]", null, added.Item, $"caller {added.Item} blocked")),
            .. Telling.Order("blocked", "blocked callers", pairing, caller => caller),
        ];
    }

    private string Brief(RuleBook book) =>
        $"{TraceWords.Count(book.Rules.Count, "rule")}, {TraceWords.Count(book.Queues.Count, "queue")}, "
        + $"{TraceWords.Count(book.Blocked.Count, "blocked caller")}; otherwise to {_places.Text(book.Default)}";
}
