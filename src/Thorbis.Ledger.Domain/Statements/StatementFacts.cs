using NodaTime;

namespace Thorbis.Ledger.Domain.Statements;

/// <summary>A fact of a company's statements; streams <c>statement/{yyyy-MM}</c>, <c>statement/rules</c>.</summary>
public abstract record StatementFact(Instant OccurredAt) : Fact(OccurredAt);

/// <summary>One person wants a month closed; another has to do it.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="By">The user or key.</param>
public sealed record StatementProposed(LocalDate Month, Instant OccurredAt, string By, string? Reason)
    : StatementFact(OccurredAt);

/// <summary>A month is closed for good; what becomes known of it later is an adjustment of a later one.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Sequence">Lines of facts up to this place in the ledger are in it.</param>
/// <param name="Zone">IANA zone whose month it is, by rules of version <paramref name="Tzdb"/>.</param>
/// <param name="Definitions">What the figures mean.</param>
/// <param name="DeckVersions">Of the default deck, that lines of it were priced by; the file tells of other decks.
/// </param>
/// <param name="Sha256">Of its CSV, as kept; hexadecimal.</param>
/// <param name="Bytes">Length of its CSV.</param>
/// <param name="By">The user or key, or <c>clock</c>.</param>
public sealed record StatementClosed(
    LocalDate Month, Instant OccurredAt, long Sequence, string Zone, string Tzdb, string Definitions,
    IReadOnlyList<StatementTotal> Totals, IReadOnlyList<int> DeckVersions, string Sha256, long Bytes, string By,
    string? Reason) : StatementFact(OccurredAt);

/// <summary>A statement's sum of one source in one currency.</summary>
/// <param name="Source"><c>carrier</c> or <c>deck</c>.</param>
/// <param name="Lines">Adjustments of earlier months included.</param>
/// <param name="Exact">To the last digit of its lines.</param>
/// <param name="Adjustments">The part of it that belongs to months closed before.</param>
/// <param name="Rounded">To the currency's smallest unit: here, and nowhere before.</param>
public sealed record StatementTotal(
    string Source, string Currency, long Lines, decimal Exact, decimal Adjustments, decimal Rounded);

/// <summary>How a company closes its months, from now on.</summary>
/// <param name="SecondPerson">One proposes, another closes.</param>
/// <param name="CloseAfterDays">The clock closes a month so many days after its end; null for by hand alone.</param>
/// <param name="Destinations">Where statements closed from now on go by themselves; null as no entry.</param>
public sealed record StatementRulesSet(
    Instant OccurredAt, bool SecondPerson, int? CloseAfterDays, string By, string? Reason = null,
    IReadOnlyList<StatementDestination>? Destinations = null) : StatementFact(OccurredAt)
{
    /// <summary>They say the same, whoever set them and when.</summary>
    public bool SameAs(StatementRulesSet other) =>
        SecondPerson == other.SecondPerson && CloseAfterDays == other.CloseAfterDays
        && (Destinations ?? []).SequenceEqual(other.Destinations ?? []);
}
