using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Rating;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What was told of the deck that prices all, of several companies.</summary>
/// <remarks>
/// A version may have thousands of rows, and every batch of costs asks for all of them. Facts never change, so this
/// node keeps what it has parsed.
/// </remarks>
internal static class DeckFacts
{
    /// <summary>Of all that is kept, in rows of decks: some ten megabytes.</summary>
    private const int RowsMax = 100_000;

    private const string ToldSql = """
        select tenant_id, seq_id, type, id from ledger.mt_events
        where tenant_id = any ($1) and stream_id = $3 and seq_id < $2 order by seq_id
        """;

    private const string DataSql = """
        select id, data::text from ledger.mt_events where tenant_id = any ($1) and stream_id = $2 and id = any ($3)
        """;

    private static readonly MemoryCache Parsed = new(new MemoryCacheOptions { SizeLimit = RowsMax });

    /// <param name="before">Facts from this sequence on are not read.</param>
    /// <returns>In the order of the ledger.</returns>
    public static async Task<List<(string Company, long Sequence, object Fact)>> ReadAsync(
        string[] companies, long before, NpgsqlConnection connection, CancellationToken stop)
    {
        var stream = RateDecks.StreamOf(DefaultDeck.Id);
        await using var command = connection.Command(ToldSql, companies, before, stream);
        var told = await command.ListAsync(
            row => (Company: row.GetString(0), Sequence: row.GetInt64(1), Type: row.GetString(2), Id: row.GetGuid(3)),
            stop);
        var facts = told.ToDictionary(fact => fact.Id, fact => Parsed.Get(fact.Id));
        Guid[] unknown = [.. facts.Where(fact => fact.Value is null).Select(fact => fact.Key)];
        if (unknown.Length > 0)
        {
            var types = told.ToDictionary(fact => fact.Id, fact => FactCatalogue.TypeOf(fact.Type));
            await using var data = connection.Command(DataSql, companies, stream, unknown);
            foreach (var (id, json) in await data.ListAsync(row => (row.GetGuid(0), row.GetString(1)), stop))
            {
                facts[id] = Keep(id, JsonSerializer.Deserialize(json, types[id], LedgerJson.Options)!);
            }
        }
        return told.ConvertAll(fact => (fact.Company, fact.Sequence, facts[fact.Id]!));
    }

    private static object Keep(Guid id, object fact) =>
        Parsed.Set(id, fact, new MemoryCacheEntryOptions
        {
            Size = fact is DeckVersionPublished version ? version.Rows.Count + 1 : 1,
        });
}
