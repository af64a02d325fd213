using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.ChangeSets;

/// <summary>Publishes scheduled change sets when their instant comes. Several nodes may try at once: the company's lock
/// lets one of them, and the others find it done.</summary>
internal sealed class ChangeSetClock(
    LedgerDatabase database, ChangeSetPublisher publisher, IClock clock, ILogger<ChangeSetClock> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Facts are recorded so long before their instant, so that they hold from it on exactly.</summary>
    private static readonly Duration Ahead = Duration.FromSeconds(10);

    /// <summary>Publishes what is due by now.</summary>
    /// <returns>How many were published or lapsed.</returns>
    public async Task<int> PublishDueAsync(CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "select tenant_id, change_set_id, due_at from platform.change_set_due where due_at <= $1 order by due_at",
            clock.GetCurrentInstant() + Ahead);
        var due = await command.ListAsync(
            row => (Company: row.GetString(0), Id: row.GetGuid(1), At: row.GetFieldValue<Instant>(2)), stop);
        foreach (var set in due)
        {
            var done = await publisher.DueAsync(set.Company, set.Id, set.At, stop);
            if (done?.Set.Outcome is { } why)
            {
                log.LogWarning(
                    "Change set {ChangeSet} of {Company} lapsed: {Why}", set.Id, set.Company, why);
            }
        }
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PublishDueAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is NpgsqlException or JasperFx.ConcurrencyException)
            {
                log.LogWarning(problem, "Change sets that are due could not be published; it is tried again.");
            }
        }
    }
}
