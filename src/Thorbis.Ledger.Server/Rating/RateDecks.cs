using System.Text.Json;
using Npgsql;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Rating;

/// <summary>Reads decks from their streams: they have few facts, so there is no table beside them.</summary>
internal static class RateDecks
{
    /// <summary>A deck's id in a path; it is part of stream keys and file names, and no pattern of
    /// <c>like</c>.</summary>
    public const string Route = "/{deckId:regex(^[a-z0-9][a-z0-9-]{{0,39}}$)}/versions";

    private const string Prefix = "ratedeck/";

    private const string Sql = """
        select stream_id, data::text from ledger.mt_events
        where tenant_id = $1 and stream_id like $2 and seq_id < $3 and type = 'deck_version_published'
        order by stream_id, version
        """;

    public static string StreamOf(string deckId) => Prefix + deckId;

    /// <summary>What was published of a deck, in order; empty while it is as every deck begins.</summary>
    /// <param name="before">Facts from this sequence on do not count.</param>
    public static Task<List<DeckVersionPublished>> PublishedAsync(
        NpgsqlConnection connection, string company, string deckId, CancellationToken stop,
        long before = long.MaxValue) =>
        ReadAsync(connection, company, StreamOf(deckId), before, stop);

    /// <summary>What was published of every deck.</summary>
    public static Task<List<DeckVersionPublished>> AllPublishedAsync(
        NpgsqlConnection connection, string company, CancellationToken stop) =>
        ReadAsync(connection, company, Prefix + "%", long.MaxValue, stop);

    public static RateDeck Fold(string deckId, IEnumerable<DeckVersionPublished> published) =>
        published.Aggregate(RateDeck.Begin(deckId), RateDeck.Evolve);

    private static async Task<List<DeckVersionPublished>> ReadAsync(
        NpgsqlConnection connection, string company, string streams, long before, CancellationToken stop)
    {
        await using var command = connection.Command(Sql, company, streams, before);
        return await command.ListAsync(
            row => JsonSerializer.Deserialize<DeckVersionPublished>(row.GetString(1), LedgerJson.Options)!, stop);
    }
}
