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

/// <summary>What was used in a range is priced anew, by what is published at this place of the ledger.</summary>
/// <param name="DeckId">The deck that priced it before.</param>
/// <param name="From">First usage instant.</param>
/// <param name="To">Usage instant that is out of it again.</param>
/// <param name="UnderDeckId">The deck that prices it from now on.</param>
/// <param name="Version">Of that deck; null for the one in force at each instant.</param>
/// <param name="By">The user or key that asked for it.</param>
public sealed record RangeRerated(
    string DeckId, Instant OccurredAt, Instant From, Instant To, string UnderDeckId, int? Version, string By,
    string Reason) : RateDeckFact(DeckId, OccurredAt);
