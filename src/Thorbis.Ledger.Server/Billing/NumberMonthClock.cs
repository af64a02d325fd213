using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Usage;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>
/// Tells, as facts, in which months companies hold their numbers: each month once it has begun, and anew when a
/// holding turned out longer or shorter. Ids are derived, so several nodes may tell at once.
/// </summary>
public sealed class NumberMonthClock(
    LedgerDatabase database, FactTransactions transactions, CompanyZones zones, IClock clock,
    ILogger<NumberMonthClock> log) : BackgroundService
{
    /// <summary>Of a number held for longer before it was registered, no earlier months are told.</summary>
    private const int MonthsBefore = 12;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Tells what has begun by now and was not told; nothing when all was.</summary>
    /// <returns>How many months were told.</returns>
    public async Task<int> TellAsync(CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "select distinct tenant_id from platform.number_ownership where confirmed_at is not null order by 1");
        var told = 0;
        foreach (var company in await command.ListAsync(row => row.GetString(0), stop))
        {
            told += await TellAsync(company, stop);
        }
        return told;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is NpgsqlException or JasperFx.ConcurrencyException)
            {
                log.LogWarning(problem, "Months of numbers could not be told; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The same of one company.</summary>
    public async Task<int> TellAsync(string company, CancellationToken stop)
    {
        var zone = await zones.OfAsync(company, stop);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(company, stop);
        var told = 0;
        foreach (var holdings in (await HoldingsAsync(change.Connection, company, stop)).GroupBy(h => h.Holding.Number))
        {
            var account = await NumberAccounts.FindAsync(change.Connection, company, holdings.Key, stop);
            var missing = holdings.SelectMany(h => Expected(h, zone)).Select(month => Missing(account, month))
                .OfType<NumberMonthStarted>().ToList();
            if (missing.Count > 0)
            {
                await change.AppendAsync(
                    company, NumberAccounts.StreamOf(holdings.Key), missing.Select(m => (IdOf(company, m), (Fact)m)),
                    stop);
                told += missing.Count;
            }
        }
        await change.CommitAsync(stop);
        return told;
    }

    private IEnumerable<NumberMonthStarted> Expected(
        (NumberHolding Holding, Instant RegisteredAt) held, DateTimeZone zone) => NumberMonths.Of(
            held.Holding, zone, clock.GetCurrentInstant(),
            held.RegisteredAt.InZone(zone).Date.PlusMonths(-MonthsBefore));

    private static NumberMonthStarted? Missing(NumberAccount? account, NumberMonthStarted month) =>
        account?.Months.FirstOrDefault(m => m.From == month.From) is not { } known ? month
        : known.Until == month.Until ? null
        : month with { Revision = known.Revision + 1 };

    private static Guid IdOf(string company, NumberMonthStarted month) => FactId.For(
        company, $"number/{month.Number}", FactCatalogue.NameOf(typeof(NumberMonthStarted)),
        month.From.ToString("uuuu-MM-dd", null), month.Revision);

    private static async Task<List<(NumberHolding Holding, Instant RegisteredAt)>> HoldingsAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        await using var command = connection.Command($"""
            select {NumberView.Columns} from platform.number_ownership
            where tenant_id = $1 and confirmed_at is not null order by number, held
            """, company);
        var views = await command.ListAsync(NumberView.Read, stop);
        return views.ConvertAll(view => (view.Holding, view.RegisteredAt));
    }
}
