using System.Text.Json;
using Npgsql;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Rating;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Reads re-ratings from the facts of the deck that prices all.</summary>
internal static class Reratings
{
    private const string Sql = """
        select seq_id, id, data::text from ledger.mt_events
        where tenant_id = $1 and type = 'range_rerated' and stream_id = $2 and ($3::bigint is null or seq_id = $3)
        order by seq_id desc
        """;

    /// <summary>All of a company, the last first.</summary>
    public static Task<List<Placed>> AllAsync(NpgsqlConnection connection, string company, CancellationToken stop) =>
        ReadAsync(connection, company, null, stop);

    /// <summary>Null where the place in the ledger holds something else.</summary>
    public static async Task<Placed?> FindAsync(
        NpgsqlConnection connection, string company, long sequence, CancellationToken stop) =>
        (await ReadAsync(connection, company, sequence, stop)).SingleOrDefault();

    private static async Task<List<Placed>> ReadAsync(
        NpgsqlConnection connection, string company, long? sequence, CancellationToken stop)
    {
        await using var command = connection.Command(Sql, company, RateDecks.StreamOf(DefaultDeck.Id), sequence);
        return await command.ListAsync(
            row => new Placed(
                row.GetInt64(0), row.GetGuid(1),
                JsonSerializer.Deserialize<RangeRerated>(row.GetString(2), LedgerJson.Options)!),
            stop);
    }
}
