using NodaTime;

namespace Thorbis.Ledger.Domain.Rating;

/// <summary>A fact of one rate deck; stream <c>ratedeck/{id}</c>.</summary>
public abstract record RateDeckFact(string DeckId, Instant OccurredAt) : Fact(OccurredAt);

/// <summary>A version of the deck stands from now on, and is never changed.</summary>
/// <param name="Version">From 1 on, without gaps.</param>
/// <param name="ActiveFrom">First instant it prices; may lie in the past, which re-rates nothing by itself.</param>
/// <param name="By">The user or key that published it.</param>
public sealed record DeckVersionPublished(
    string DeckId, Instant OccurredAt, int Version, Instant ActiveFrom, string Currency, Rounding Rounding,
    IReadOnlyList<RateRow> Rows, string By, string Reason) : RateDeckFact(DeckId, OccurredAt);
