using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Closes the months that companies want closed by the clock, in order, each at its time.</summary>
internal sealed class StatementClock(
    LedgerDatabase database, StatementCloser closer, CompanyZones zones, IClock clock, ILogger<StatementClock> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>Closes every month that is due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CloseDueAsync(CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "select distinct tenant_id from ledger.mt_events where stream_id = $1", StatementBooks.RulesStream);
        var closed = 0;
        foreach (var company in await command.ListAsync(row => row.GetString(0), stop))
        {
            while (await DueAsync(company, stop) is { } month
                && await closer.CloseAsync(company, month, StatementDecider.Clock, null, stop) is Closing.Ready)
            {
                closed++;
            }
        }
        return closed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await CloseDueAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is NpgsqlException or TimeoutException
                or JasperFx.ConcurrencyException)
            {
                log.LogWarning(problem, "Months could not be closed; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<LocalDate?> DueAsync(string company, CancellationToken stop)
    {
        var zone = await zones.OfAsync(company, stop);
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        var book = await StatementBooks.ReadAsync(connection, company, LocalDate.MinIsoValue, zone, stop);
        return StatementDecider.IsDue(book, zone, clock.GetCurrentInstant()) ? book.Next : null;
    }
}
