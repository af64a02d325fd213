using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>
/// Finds what no wake-up reached: rows pending since before a restart, and parked rows whose key has become known.
/// </summary>
public sealed class BacklogSweep(LedgerDatabase database, IBacklogRelease backlog, ILogger<BacklogSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private const string RetakeSql = """
        update intake.backlog b set state = 'pending', keys = null, reason = null
        where b.state in ('waiting', 'quarantined') and exists (
          select 1 from unnest(b.keys) as k
          join lateral (select substr(k, strpos(k, ':') + 1) as id) as key on true
          where (k like 'leg:%' and exists (select 1 from intake.leg l where l.leg_id = key.id))
          or (k like 'control:%' and exists (select 1 from intake.leg l where l.control_id = key.id))
          or (k like 'session:%' and b.state = 'waiting'
            and exists (select 1 from intake.leg l where l.session_id = key.id)))
        """;

    private const string PendingSql = """
        select exists (select 1 from intake.backlog where state = 'pending' and since < now() - interval '5 seconds')
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (NpgsqlException problem)
            {
                log.LogWarning(problem, "The backlog could not be swept; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        await using var retake = database.Owner.CreateCommand(RetakeSql);
        await retake.ExecuteNonQueryAsync(stop);
        await using var pending = database.Owner.CreateCommand(PendingSql);
        if (await pending.ExecuteScalarAsync(stop) is true)
        {
            await backlog.WakeAsync(stop);
        }
    }
}
