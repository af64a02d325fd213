namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What cannot work in a book as a whole, whatever its parts are by themselves.</summary>
internal static class BookProblems
{
    public static IEnumerable<Refusal> Of(RuleBook book, Inventory inventory) =>
    [
        .. Sizes(book),
        .. Dangling(book),
        .. book.Queues.Where(queue => Circles(queue, book, inventory)).Select(queue => Refusal.Of(
            "overflow", $"A caller who waits in the queue '{queue.Name}' would never get to an end: "
                + "the overflow leads back to it.")),
    ];

    private static IEnumerable<Refusal> Sizes(RuleBook book)
    {
        if (book.Rules.Count > RuleBook.RulesMax)
        {
            yield return new("too-many-rules", $"A rule book has at most {RuleBook.RulesMax} rules.");
        }
        if (book.Queues.Count > RuleBook.QueuesMax)
        {
            yield return new("too-many-queues", $"A rule book has at most {RuleBook.QueuesMax} queues.");
        }
        if (book.Blocked.Count > RuleBook.BlockedMax)
        {
            yield return new("too-many-blocked", $"At most {RuleBook.BlockedMax} callers can be blocked.");
        }
    }

    private static IEnumerable<Refusal> Dangling(RuleBook book)
    {
        var queues = book.Queues.Select(queue => queue.Id).ToHashSet();
        return References.Of(book)
            .Where(reference => reference.To == ReferenceKind.Queue && !queues.Contains(reference.Id))
            .Select(reference => new Refusal(
                "in-use", $"There is no queue '{reference.Id}' that {reference.By} needs."));
    }

    /// <summary>Follows a caller who does nothing: each queue, menu and schedule leads to one place.</summary>
    private static bool Circles(Queue queue, RuleBook book, Inventory inventory)
    {
        var seen = new HashSet<Destination>();
        Destination? at = new ToQueue(queue.Id);
        while (at is not null && seen.Add(at))
        {
            at = at switch
            {
                ToQueue to => book.Queue(to.Queue)?.Overflow,
                ToMenu to => inventory.Menus.GetValueOrDefault(to.Menu),
                _ => null,
            };
        }
        return at is not null && at == new ToQueue(queue.Id);
    }
}
