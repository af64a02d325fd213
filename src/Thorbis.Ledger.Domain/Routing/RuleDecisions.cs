namespace Thorbis.Ledger.Domain.Routing;

public static partial class RuleBookDecider
{
    private static Decision<RuleBookFact> OfRule(RuleBookState state, RuleCommand command, Inventory inventory) =>
        command switch
        {
            AddRule add => Add(state, add, inventory),
            RestoreRule restore => Restore(state, restore, inventory),
            DuplicateRule copy => Known(state, copy.RuleId, rule => Duplicate(state, rule, copy)),
            ReviseRule { Rule: var after } => Known(
                state, after.Id, rule => Revise(state.Book, rule, after, inventory)),
            EnableRule { RuleId: var id } => Known(
                state, id, rule => rule.Enabled ? Nothing : new RuleEnabled(id)),
            DisableRule { RuleId: var id } => Known(
                state, id, rule => rule.Enabled ? new RuleDisabled(id) : Nothing),
            MoveRule move => Known(state, move.RuleId, rule => Move(state.Book, rule, move.Place)),
            RemoveRule remove => state.Removed.ContainsKey(remove.RuleId)
                ? Nothing : Known(state, remove.RuleId, rule => new RuleRemoved(rule.Id)),
            _ => Nothing,
        };

    private static Decision<RuleBookFact> Known(
        RuleBookState state, Guid id, Func<Rule, Decision<RuleBookFact>> decide) =>
        state.Book.Rule(id) is { } rule ? decide(rule)
        : state.Removed.TryGetValue(id, out var removed)
            ? new Refusal("rule-removed", $"The rule '{removed.Name}' was removed; restore it first.")
        : new Refusal("rule-unknown", $"There is no rule {id} at that time.");

    private static Decision<RuleBookFact> Add(RuleBookState state, AddRule add, Inventory inventory) =>
        state.Book.Rule(add.Rule.Id) is { } present
            ? present == add.Rule ? Nothing
                : new Refusal("rule-exists", $"The rule '{present.Name}' has this id already.")
        : state.Removed.ContainsKey(add.Rule.Id)
            ? new Refusal("rule-removed", "A rule with this id was removed; restore it instead.")
        : Placed(state.Book, add.Place, out var behind) is { } misplaced ? misplaced
        : First(RuleRules.Check(add.Rule, QueueIds(state.Book), inventory)) is { } refusal ? refusal
        : new RuleAdded(add.Rule, behind, null);

    private static Decision<RuleBookFact> Restore(RuleBookState state, RestoreRule restore, Inventory inventory) =>
        state.Book.Rule(restore.RuleId) is not null ? Nothing
        : !state.Removed.TryGetValue(restore.RuleId, out var rule)
            ? new Refusal("rule-unknown", $"There was no rule {restore.RuleId} at that time.")
        : Placed(state.Book, restore.Place, out var behind) is { } misplaced ? misplaced
        : First(RuleRules.Check(rule, QueueIds(state.Book), inventory)) is { } refusal ? refusal
        : new RuleRestored(rule, behind);

    private static Decision<RuleBookFact> Revise(RuleBook book, Rule before, Rule after, Inventory inventory) =>
        before == after ? Nothing
        : First(RuleRules.Check(after, QueueIds(book), inventory)) is { } refusal ? refusal
        : new RuleRevised(before, after);

    private static Decision<RuleBookFact> Duplicate(RuleBookState state, Rule rule, DuplicateRule copy) =>
        state.Book.Rule(copy.CopyId) is not null || state.Removed.ContainsKey(copy.CopyId) ? Nothing
        : Texts.Name(copy.Name, "name") is { } refusal ? refusal
        : new RuleAdded(rule with { Id = copy.CopyId, Name = copy.Name, Enabled = false }, rule.Id, rule.Id);

    private static Decision<RuleBookFact> Move(RuleBook book, Rule rule, int place)
    {
        if (place < 1 || place > book.Rules.Count)
        {
            return Refusal.Of("place", $"The places are 1 to {book.Rules.Count}.");
        }
        if (book.Rules[place - 1].Id == rule.Id)
        {
            return Nothing;
        }
        var others = book.Rules.Where(other => other.Id != rule.Id).ToList();
        return new RuleMoved(rule.Id, place == 1 ? null : others[place - 2].Id);
    }

    /// <param name="behind">The rule that the place is right after; null for the first.</param>
    private static Refusal? Placed(RuleBook book, int? place, out Guid? behind)
    {
        var wanted = place ?? (book.Rules.Count + 1);
        var free = wanted >= 1 && wanted <= book.Rules.Count + 1;
        behind = free && wanted > 1 ? book.Rules[wanted - 2].Id : null;
        return free ? null : Refusal.Of("place", $"The places are 1 to {book.Rules.Count + 1}.");
    }
}
