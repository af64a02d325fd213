using System.Text.Json;
using Npgsql;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Reads and writes <c>ledger.invoice_tie_out</c>.</summary>
internal static class InvoiceTieOuts
{
    public static string AddressOf(Guid id) => $"/api/v1/invoice-tie-outs/{id}";

    /// <summary>The month's latest tie-out, if it says the same.</summary>
    public static async Task<(Guid Id, InvoiceTiedOut Fact)?> FindSameAsync(
        NpgsqlConnection connection, string company, InvoiceTiedOut fact, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select tie_out_id, tied_out from ledger.invoice_tie_out where tenant_id = $1 and month = $2
            order by tie_out_id desc limit 1
            """, company, fact.Month);
        var last = await command.ListAsync(row => (Id: row.GetGuid(0), Fact: Read(row, 1)), stop);
        // Whoever asks again, and when, makes no other tie-out of it.
        return last is [var found] && Written(fact with { By = found.Fact.By, OccurredAt = found.Fact.OccurredAt })
            == Written(found.Fact)
                ? found
                : null;
    }

    public static InvoiceTiedOut Read(NpgsqlDataReader row, int column) => row.State<InvoiceTiedOut>(column);

    public static async Task KeepAsync(
        FactTransaction change, string company, Guid id, InvoiceTiedOut fact, CancellationToken stop)
    {
        await change.ExecuteAsync(
            "insert into ledger.invoice_tie_out (tenant_id, tie_out_id, month, tied_out) values ($1, $2, $3, $4)",
            stop, company, id, fact.Month, Written(fact));
        await change.AppendAsync(company, $"invoice/{fact.Month}", [fact], stop);
    }

    private static string Written(InvoiceTiedOut fact) => JsonSerializer.Serialize(fact, LedgerJson.Options);
}
