using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using NodaTime;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>
/// Cost lines and their sums, asynchronously and in one transaction per batch. Facts are folded one by one, in the
/// ledger's order: the same facts always make the same lines.
/// </summary>
/// <remarks>Lag: tens of milliseconds when idle; behind a burst it lets calls and usage go first.</remarks>
public sealed class CostsProjection(
    LedgerDatabase database, CompanyZones zones, NumberPlan plan, IClock clock, TimeProvider time) : IProjection
{
    /// <summary>Keys the stored progress: under a new name every fact would be charged twice.</summary>
    public const string ProjectionName = "costs";

    /// <summary>Hears of companies whose costs have changed, comma-separated.</summary>
    public const string Channel = "ledger_costs";

    /// <summary>Everything it writes, and a rebuild empties.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "ledger.cost_line", "ledger.cost_month", "ledger.cost_day", "ledger.cost_quarter", "ledger.cost_account",
        CentreBooks.OfCosts,
    ];

    private const int Burst = 1_000;

    /// <summary>Webhooks or facts on their way to usage, from which on it is behind.</summary>
    private const string Backlog = "5000";

    private const string UsageIsBehind = $"""
        select usage.seq < $1 or newest.seq - usage.seq >= {Backlog}
          or exists (select 1 from intake.backlog where state = 'pending' offset {Backlog})
        from (select {ReadModelProgress.Sql} as seq) as usage
        cross join (select coalesce(max(seq_id), 0) as seq from ledger.mt_events) as newest
        """;

    private static readonly Duration LiveAge = Duration.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan YieldMax = TimeSpan.FromSeconds(5);
    private readonly CentreBooks _centres = new(CentreBooks.OfCosts);

    public async Task ApplyAsync(
        IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        if (events.Count >= Burst)
        {
            await YieldAsync(events[^1].Sequence, cancellation);
        }
        var batch = await CostBatch.LoadAsync(events, operations, database.Owner, plan, zones, _centres, cancellation);
        foreach (var e in events)
        {
            await batch.TakeAsync(e, cancellation);
        }
        CostTables.Queue(operations, batch);
        var recorded = Instant.FromDateTimeOffset(events[^1].Timestamp);
        if (clock.GetCurrentInstant() - recorded < LiveAge)
        {
            foreach (var some in batch.Rows.Select(row => row.Company).Distinct().Chunk(100))
            {
                operations.QueueSqlCommand($"select pg_notify('{Channel}', ?)", string.Join(',', some));
            }
        }
    }

    /// <summary>Somebody may be looking at calls and usage; a bill can wait for a moment, not for ever.</summary>
    private async Task YieldAsync(long sequence, CancellationToken stop)
    {
        var waited = TimeSpan.Zero;
        while (waited < YieldMax && await UsageIsBehindAsync(sequence, stop))
        {
            await Task.Delay(Pause, time, stop);
            waited += Pause;
        }
    }

    private async Task<bool> UsageIsBehindAsync(long sequence, CancellationToken stop)
    {
        await using var command = database.Owner.Command(UsageIsBehind, sequence);
        return await command.ExecuteScalarAsync(stop) is true;
    }
}
