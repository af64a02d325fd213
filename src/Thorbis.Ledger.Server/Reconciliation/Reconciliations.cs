using System.Text.Json;
using Npgsql;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Reads and writes <c>ledger.reconciliation</c>.</summary>
internal static class Reconciliations
{
    public static string StreamOf(Guid id) => $"reconciliation/{id}";

    /// <summary>The latest comparison of the same bytes with the same scope.</summary>
    public static async Task<ReconciliationDone?> FindAsync(
        NpgsqlConnection connection, string company, string sha256, FileScope scope, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select done from ledger.reconciliation where tenant_id = $1 and file_sha256 = $2
            order by reconciliation_id desc
            """, company, sha256);
        var same = await command.ListAsync(row => Read(row, 0), stop);
        return same.Find(done => done.From == scope.From && done.To == scope.To && done.Zone == scope.Zone.Id
            && done.Currency == scope.Currency);
    }

    public static ReconciliationDone Read(NpgsqlDataReader row, int column) =>
        row.State<ReconciliationDone>(column);

    /// <summary>The ledger has been told of calls or messages since.</summary>
    public static async Task<bool> HasMovedOnAsync(
        NpgsqlConnection connection, string company, long asOf, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select exists (
              select from ledger.mt_events where tenant_id = $1 and seq_id > $2
                and (starts_with(stream_id, 'call/') or starts_with(stream_id, 'message/')))
            """, company, asOf);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    public static async Task KeepAsync(
        FactTransaction change, string company, ReconciliationDone done, CancellationToken stop)
    {
        await change.ExecuteAsync("""
            insert into ledger.reconciliation (tenant_id, reconciliation_id, file_sha256, as_of, done)
            values ($1, $2, $3, $4, $5)
            """, stop, company, done.ReconciliationId, done.FileSha256, done.AsOf,
            JsonSerializer.Serialize(done, LedgerJson.Options));
        await change.AppendAsync(company, StreamOf(done.ReconciliationId), [done], stop);
    }
}
