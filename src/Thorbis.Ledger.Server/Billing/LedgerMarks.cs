using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>
/// Keeps marks of when the ledger was settled up to where, so that an instant can be told as a place: timestamps of
/// facts cannot, since commits overtake each other. Several nodes may keep them at once.
/// </summary>
public sealed class LedgerMarks(LedgerDatabase database, IClock clock, ILogger<LedgerMarks> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string Sql = """
        insert into ledger.mark (seq, at)
        select last_seq_id, $1 from ledger.mt_event_progression
        where name = 'HighWaterMark' and last_seq_id > coalesce((select max(seq) from ledger.mark), 0)
        on conflict do nothing
        """;

    /// <summary>Marks what is settled now, unless it is marked.</summary>
    public async Task MarkAsync(CancellationToken stop)
    {
        await using var command = database.Owner.Command(Sql, clock.GetCurrentInstant());
        await command.ExecuteNonQueryAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await MarkAsync(stoppingToken);
            }
            catch (NpgsqlException problem)
            {
                log.LogWarning(problem, "The ledger's place could not be marked; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
