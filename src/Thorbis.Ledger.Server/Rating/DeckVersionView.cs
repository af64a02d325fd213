using NodaTime;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Server.Rating;

/// <summary>A version of a deck, without its rows.</summary>
/// <param name="Version">0 is what every deck begins with; published ones count from 1.</param>
/// <param name="ActiveFrom">First instant it prices.</param>
/// <param name="InForce">It prices what is answered now.</param>
/// <param name="PublishedAt">Null for version 0, as <paramref name="By"/> and <paramref name="Reason"/>.</param>
public sealed record DeckVersionView(
    string DeckId, int Version, Instant ActiveFrom, bool InForce, string Currency, Rounding Rounding, int RowCount,
    Instant? PublishedAt, string? By, string? Reason)
{
    internal static IReadOnlyList<DeckVersionView> Of(RateDeck deck, List<DeckVersionPublished> told, Instant now)
    {
        var inForce = deck.At(now).Version;
        return [.. deck.Versions.Select(version => Of(
            deck.DeckId, version, told.Find(fact => fact.Version == version.Version), version.Version == inForce))];
    }

    private static DeckVersionView Of(string deckId, DeckVersion version, DeckVersionPublished? told, bool inForce) =>
        new(
            deckId, version.Version, version.ActiveFrom, inForce, version.Currency, version.Rounding,
            version.Rows.Count, told?.OccurredAt, told?.By, told?.Reason);
}
