using System.Text.Json;
using JasperFx.Events;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>A fact of a stream, and the webhook it was read from.</summary>
/// <param name="Journal">Null for facts that came from no webhook.</param>
internal sealed record StreamFact(long Sequence, Guid Id, string? Journal, Fact Fact)
{
    public static StreamFact Of(IEvent e) => new(e.Sequence, e.Id, e.CausationId, (Fact)e.Data);
}

/// <summary>Streams as they are read after a mended interpreter has read some of their webhooks again.</summary>
internal static class StreamReading
{
    private const string Sql = """
        select seq_id, id, causation_id, type, data::text from ledger.mt_events
        where tenant_id = $1 and stream_id = $2 and seq_id <= $3 order by seq_id
        """;

    /// <summary>Of each webhook's facts the highest revision, in the ledger's order.</summary>
    public static IEnumerable<StreamFact> Latest(IEnumerable<StreamFact> stream) => stream
        .GroupBy(e => (e.Journal ?? e.Id.ToString(), e.Fact.GetType()))
        .Select(told => told.MaxBy(e => e.Fact.Revision)!)
        .OrderBy(e => e.Sequence);

    /// <summary>A stream's facts up to a place in the ledger.</summary>
    public static async Task<List<StreamFact>> ReadAsync(
        NpgsqlConnection connection, string company, string stream, long sequence, CancellationToken stop)
    {
        await using var command = connection.Command(Sql, company, stream, sequence);
        return await command.ListAsync(
            row => new StreamFact(
                row.GetInt64(0), row.GetGuid(1), row.Text(2),
                (Fact)JsonSerializer.Deserialize(
                    row.GetString(4), FactCatalogue.TypeOf(row.GetString(3)), LedgerJson.Options)!),
            stop);
    }
}
