using NodaTime;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Closes months: lines, totals, their hash, the bytes and their deliveries in one transaction.</summary>
internal sealed class StatementCloser(
    LedgerDatabase database, FactTransactions transactions, CompanyZones zones, DeliverySender sender, IClock clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const string SettledSql =
        "select coalesce((select last_seq_id from ledger.mt_event_progression where name = 'HighWaterMark'), 0)";

    /// <returns>What was done: closed, proposed, or nothing, with the reason.</returns>
    /// <exception cref="TimeoutException">The cost ledger did not reach what is settled in time.</exception>
    public async Task<Closing> CloseAsync(
        string company, LocalDate month, string by, string? reason, CancellationToken stop) =>
        await CloseAsync(company, month, by, reason, await SettledAsync(stop), stop);

    /// <param name="settled">Lines up to there are settled, and in the cost ledger.</param>
    public async Task<Closing> CloseAsync(
        string company, LocalDate month, string by, string? reason, long settled, CancellationToken stop)
    {
        var zone = await zones.OfAsync(company, stop);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(company, stop);
        var book = await StatementBooks.ReadAsync(change.Connection, company, month, zone, stop);
        var closing = StatementDecider.Close(book, month, zone, by, reason, clock.GetCurrentInstant());
        if (closing is Closing.Proposed proposed)
        {
            await change.AppendAsync(company, StatementBooks.StreamOf(month), [proposed.Fact], stop);
            await change.CommitAsync(stop);
        }
        else if (closing is Closing.Ready)
        {
            var since = (await StatementBooks.ClosedAsync(change.Connection, company, book.LastClosed, stop))
                .FirstOrDefault()?.Sequence;
            // Who closed the month before while this one waited may stand further: no line is stated twice.
            var until = Math.Max(settled, since ?? 0);
            var lines = new StatementCsv(company, month, zone, since, until);
            var closed = await WriteAsync(change, lines, by, reason, stop);
            await RecordAsync(change, company, closed, stop);
            sender.Wake();
        }
        return closing;
    }

    private static async Task RecordAsync(
        FactTransaction change, string company, StatementClosed closed, CancellationToken stop)
    {
        await change.AppendAsync(
            company, StatementBooks.StreamOf(closed.Month),
            [(StatementNotice.IdOf(company, closed.Month), closed)], stop);
        var rules = await StatementBooks.RulesAsync(change.Connection, company, stop);
        await StatementNotice.QueueAsync(change, company, closed, rules?.Destinations ?? [], stop);
        await change.CommitAsync(stop);
    }

    private async Task<StatementClosed> WriteAsync(
        FactTransaction change, StatementCsv lines, string by, string? reason, CancellationToken stop)
    {
        await using var pieces = new FilePieces(
            change.Connection, StatementBooks.FileOf(lines.Company, lines.Month));
        await using var bytes = new HashingStream(pieces);
        // Read beside the transaction that writes: lines up to a settled place never change.
        var (totals, deckVersions) = await database.ReadAsync(lines.Company, async connection =>
        {
            await lines.WriteAsync(bytes, connection, stop);
            return await lines.SumAsync(connection, stop);
        }, stop);
        await pieces.EndAsync(stop);
        var (sha256, now) = (bytes.Sha256, clock.GetCurrentInstant());
        await change.ExecuteAsync(
            """
            insert into ledger.statement (tenant_id, month, seq, closed_at, sha256, bytes)
            values ($1, $2, $3, $4, $5, $6)
            """,
            stop, lines.Company, lines.Month, lines.Until, now, sha256, bytes.Length);
        return new(
            lines.Month, now, lines.Until, lines.Zone.Id, CompanyZones.TzdbVersion, GetUsage.Definitions, totals,
            deckVersions, sha256, bytes.Length, by, reason);
    }

    /// <summary>What is settled now, once the cost ledger holds it.</summary>
    private async Task<long> SettledAsync(CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var command = connection.Command(SettledSql);
        var settled = (long)(await command.ExecuteScalarAsync(stop))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        while (await KnownAt.ProgressAsync(connection, stop) < settled)
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException("The cost ledger is behind what is settled.");
            }
            await Task.Delay(Pause, stop);
        }
        return settled;
    }
}
