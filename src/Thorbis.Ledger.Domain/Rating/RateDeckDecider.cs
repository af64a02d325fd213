using NodaTime;
using Thorbis.Ledger.Domain.Numbers;

namespace Thorbis.Ledger.Domain.Rating;

/// <summary>A version of a deck as somebody would like to have it.</summary>
public sealed record DeckDraft(
    Instant ActiveFrom, string Currency, Rounding Rounding, IReadOnlyList<RateRow> Rows, string Reason);

/// <summary>A range that somebody would like to have priced anew.</summary>
/// <param name="Under">The deck to price it by, as it stands.</param>
/// <param name="Version">Of that deck; null for the one in force at each instant.</param>
public sealed record RerateDraft(Instant From, Instant To, RateDeck Under, int? Version, string Reason);

public static class RateDeckDecider
{
    /// <summary>A whole world's destinations, several times over.</summary>
    public const int RowsMax = 50_000;

    private const int ReasonLengthMax = 500;

    /// <summary>Publishes the next version. It may be active at once, later, or from an instant in the past.</summary>
    public static Decision<RateDeckFact> Publish(
        RateDeck deck, DeckDraft draft, string by, Instant now)
    {
        if (CheckHead(draft, now) is { } refusal)
        {
            return refusal;
        }
        return Check(draft.Rows) is { Count: > 0 } refusals
            ? refusals[0].Why with { Field = $"rows[{refusals[0].Row}].{refusals[0].Why.Field}" }
            : new DeckVersionPublished(
                deck.DeckId, now, deck.Versions[^1].Version + 1, draft.ActiveFrom, draft.Currency, draft.Rounding,
                draft.Rows, by, draft.Reason);
    }

    /// <summary>Prices a range that has passed anew; the lines that it changes follow from it.</summary>
    public static Decision<RateDeckFact> Rerate(RerateDraft draft, string by, Instant now) =>
        draft.From < NumberDecider.Earliest
            ? Refusal.Of("from", "A range begins in 2009 or later.")
        : draft.To <= draft.From ? Refusal.Of("to", "A range ends after it begins.")
        : draft.To > now ? Refusal.Of("to", "What is to come is priced by the versions that are published for it.")
        : draft.Version is { } version && draft.Under.Versions.All(known => known.Version != version)
            ? Refusal.Of("version", $"The deck {draft.Under.DeckId} has no such version.")
        : CheckReason(draft.Reason) is { } why ? why
        : new RangeRerated(
            DefaultDeck.Id, now, draft.From, draft.To, draft.Under.DeckId, draft.Version, by, draft.Reason);

    /// <summary>Every row that cannot be taken, by its place from 0 on, with the first reason.</summary>
    public static IReadOnlyList<(int Row, Refusal Why)> Check(IReadOnlyList<RateRow> rows)
    {
        var refused = new List<(int, Refusal)>();
        var seen = new Dictionary<(Service, RateUnit, string?, string?), int>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (RateRowRules.Check(rows[i]) is { } why)
            {
                refused.Add((i, why));
            }
            else if (!seen.TryAdd(rows[i].Key, i))
            {
                refused.Add((i, Refusal.Of("service", "Another row prices the same service, unit and numbers.")));
            }
        }
        return refused;
    }

    private static Refusal? CheckHead(DeckDraft draft, Instant now) =>
        draft.ActiveFrom < NumberDecider.Earliest || draft.ActiveFrom > now + NumberDecider.Ahead
            ? Refusal.Of("activeFrom", "A version becomes active in 2009 or later, and within ten years from now.")
        : draft.Currency.Length != 3 || !draft.Currency.All(char.IsAsciiLetterUpper)
            ? Refusal.Of("currency", "A currency is an ISO 4217 code, such as USD.")
        : draft.Rounding.Decimals is < 0 or > Rounding.DecimalsMax || !Enum.IsDefined(draft.Rounding.Mode)
            ? Refusal.Of("rounding", $"An amount has 0 to {Rounding.DecimalsMax} decimals.")
        : draft.Rows.Count is 0 or > RowsMax ? Refusal.Of("rows", $"A version has 1 to {RowsMax} rows.")
        : CheckReason(draft.Reason);

    private static Refusal? CheckReason(string reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonLengthMax
            ? Refusal.Of("reason", $"A reason is needed, of at most {ReasonLengthMax} characters.")
            : null;
}
