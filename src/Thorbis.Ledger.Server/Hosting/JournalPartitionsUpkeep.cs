using NodaTime;
using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Makes the coming months' partitions while the server runs, long before they are needed.</summary>
public sealed class JournalPartitionsUpkeep(
    LedgerDatabase database, IClock clock, ILogger<JournalPartitionsUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(12);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await JournalPartitions.EnsureAsync(database, clock.GetCurrentInstant(), stoppingToken);
            }
            catch (NpgsqlException problem)
            {
                log.LogError(problem, "The journal's next partitions could not be made; bodies go to the default one.");
            }
        }
    }
}
