using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using NodaTime;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Messages;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>
/// Calls, messages and usage buckets, asynchronously and in one transaction per batch: a row and the sums it counts
/// in never disagree. Lag: tens of milliseconds when idle, seconds behind a burst.
/// </summary>
/// <remarks>A batch is folded in memory and written with a few set-based statements.</remarks>
public sealed class CommunicationsProjection(LedgerDatabase database, IClock clock) : IProjection
{
    /// <summary>Keys the stored progress: under a new name every fact would count twice.</summary>
    public const string ProjectionName = "communications";
    public const string LiveChannel = "ledger_live";
    private static readonly Duration LiveAge = Duration.FromMinutes(2);
    private readonly CentreBooks _centres = new(CentreBooks.OfUsage);
    private readonly CallTable _calls = new();
    private readonly MessageTable _messages = new();

    public async Task ApplyAsync(
        IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        await using (var connection = await database.Owner.OpenConnectionAsync(cancellation))
        {
            await _centres.ReadAsync(events, operations, connection, cancellation);
        }
        var sums = new UsageSums();
        await _calls.ApplyAsync(events, operations, _centres, sums, database.Owner, cancellation);
        await _messages.ApplyAsync(events, operations, _centres, sums, database.Owner, cancellation);
        sums.QueueUpsert(operations);
        NotifyLive(operations, events, sums);
    }

    /// <summary>Listeners hear of what is happening now; a rebuild's old facts wake nobody.</summary>
    private void NotifyLive(IDocumentOperations operations, IReadOnlyList<IEvent> events, UsageSums sums)
    {
        var recorded = Instant.FromDateTimeOffset(events[^1].Timestamp);
        var companies = events.Select(e => e.TenantId).Concat(sums.Companies).Distinct().ToArray();
        if (clock.GetCurrentInstant() - recorded < LiveAge)
        {
            foreach (var some in companies.Chunk(100))
            {
                operations.QueueSqlCommand($"select pg_notify('{LiveChannel}', ?)", string.Join(',', some));
            }
        }
    }
}
