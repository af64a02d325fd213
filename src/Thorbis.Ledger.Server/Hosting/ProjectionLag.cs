using System.Diagnostics.Metrics;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>How far one projection is behind the ledger.</summary>
/// <param name="Name">The shard, such as <c>communications:All</c>.</param>
/// <param name="Facts">Sequence numbers not yet in it.</param>
/// <param name="Age">Since the oldest fact not yet in it was recorded; zero when none is missing.</param>
public sealed record ShardLag(string Name, long Facts, Duration Age);

/// <summary>
/// Measures every projection against the newest fact itself, not against the daemon's own mark: a dead daemon would
/// agree with itself.
/// </summary>
public sealed class ProjectionLag : BackgroundService
{
    /// <summary>Beyond this age a projection counts as not running.</summary>
    public static readonly Duration AgeMax = Duration.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const string Sql = $"""
        select shard.name, newest.seq_id - shard.last_seq_id, missing.timestamp
        from (
          select name, last_seq_id from ledger.mt_event_progression where name like '%:All'
          union all
          select '{ReadModelProgress.Shard}', 0 where not exists (
            select 1 from ledger.mt_event_progression where name = '{ReadModelProgress.Shard}')) as shard
        cross join (select coalesce(max(seq_id), 0) as seq_id from ledger.mt_events) as newest
        left join lateral (
          select e.timestamp from ledger.mt_events e where e.seq_id > shard.last_seq_id
            order by e.seq_id limit 1) as missing on true
        """;

    private readonly LedgerDatabase _database;
    private readonly IClock _clock;
    private readonly ILogger<ProjectionLag> _log;
    private readonly Meter _meter = new(IntakeMetrics.MeterName);
    private volatile IReadOnlyList<ShardLag> _latest = [];

    public ProjectionLag(LedgerDatabase database, IClock clock, ILogger<ProjectionLag> log)
    {
        (_database, _clock, _log) = (database, clock, log);
        _meter.CreateObservableGauge("ledger.projection.lag", () => _latest.Select(lag => new Measurement<long>(
            lag.Facts, new KeyValuePair<string, object?>("projection", lag.Name))), "facts",
                "Facts not yet in a projection.");
    }

    public async Task<IReadOnlyList<ShardLag>> MeasureAsync(CancellationToken stop)
    {
        var now = _clock.GetCurrentInstant();
        await using var command = _database.Owner.Command(Sql);
        return await command.ListAsync(row => new ShardLag(
            row.GetString(0), Math.Max(0, row.GetInt64(1)),
            row.IsDBNull(2) ? Duration.Zero : now - row.GetFieldValue<Instant>(2)), stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                _latest = await MeasureAsync(stoppingToken);
                foreach (var late in _latest.Where(lag => lag.Age > AgeMax))
                {
                    _log.LogError("Projection {Name} is {Facts} facts and {Age} behind.", late.Name, late.Facts,
                        late.Age);
                }
            }
            catch (NpgsqlException problem)
            {
                _log.LogWarning(problem, "The lag of the projections could not be measured.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }
}
