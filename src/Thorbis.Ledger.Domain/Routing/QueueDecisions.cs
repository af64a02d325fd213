namespace Thorbis.Ledger.Domain.Routing;

public static partial class RuleBookDecider
{
    private static Decision<RuleBookFact> OfQueue(RuleBook book, QueueCommand command, Inventory inventory) =>
        command switch
        {
            AddQueue { Queue: var queue } => Add(book, queue, inventory),
            ReviseQueue { Queue: var after } => Revise(book, after, inventory),
            RemoveQueue { QueueId: var id } => Remove(book, id, inventory),
            _ => Nothing,
        };

    private static Decision<RuleBookFact> Add(RuleBook book, Queue queue, Inventory inventory) =>
        book.Queue(queue.Id) is { } present
            ? present == queue ? Nothing
                : new Refusal("queue-exists", $"The queue '{present.Name}' has this id already.")
        : First(RuleRules.Check(queue, [.. QueueIds(book), queue.Id], inventory)) is { } refusal ? refusal
        : new QueueAdded(queue);

    private static Decision<RuleBookFact> Revise(RuleBook book, Queue after, Inventory inventory) =>
        book.Queue(after.Id) is not { } before
            ? new Refusal("queue-unknown", $"There is no queue '{after.Id}' at that time.")
        : before == after ? Nothing
        : First(RuleRules.Check(after, QueueIds(book), inventory)) is { } refusal ? refusal
        : new QueueRevised(before, after);

    private static Decision<RuleBookFact> Remove(RuleBook book, string id, Inventory inventory) =>
        book.Queue(id) is not { } queue ? Nothing
        : Reference.InUse(
            ReferenceKind.Queue, id, queue.Name,
            [.. References.Of(Without(book, id)), .. inventory.Elsewhere]) is { } refusal ? refusal
        : new QueueRemoved(id);

    private static RuleBook Without(RuleBook book, string queue) =>
        book with { Queues = [.. book.Queues.Where(other => other.Id != queue)] };
}
