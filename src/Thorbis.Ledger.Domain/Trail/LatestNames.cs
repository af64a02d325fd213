using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What the things of a configuration were last called, also those that are gone.</summary>
public sealed class LatestNames(ConfigurationHistory history)
{
    private readonly Lazy<Dictionary<string, string>> _queues = new(() => history.Book.Facts
        .Select(fact => fact switch
        {
            QueueAdded added => added.Queue,
            QueueRevised revised => revised.After,
            _ => null,
        }).OfType<Queue>().GroupBy(queue => queue.Id).ToDictionary(queue => queue.Key, queue => queue.Last().Name));

    /// <summary>Null for one that never was, and for members and recordings, whose names stand in no fact.</summary>
    public string? Find(ReferenceKind kind, string id) => kind switch
    {
        ReferenceKind.Schedule => history.Schedules.GetValueOrDefault(id)?.Last.Terms.Name,
        ReferenceKind.Menu => history.Menus.GetValueOrDefault(id)?.Facts
            .Select(MenuHistory.Of).OfType<Menu>().LastOrDefault()?.Name,
        ReferenceKind.Mailbox => history.Mailboxes.GetValueOrDefault(id)?.Facts
            .Aggregate((Mailbox?)null, (box, fact) => MailboxHistory.Evolve(null, fact) ?? box)?.Name,
        ReferenceKind.Queue => _queues.Value.GetValueOrDefault(id),
        _ => null,
    };
}
