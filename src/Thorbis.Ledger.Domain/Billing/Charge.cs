using NodaTime;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>Who says what something costs. Amounts of the two are never added together.</summary>
public enum CostSource
{
    /// <summary>What Telnyx reported.</summary>
    Carrier,

    /// <summary>What the company's rate deck says.</summary>
    Deck,
}

/// <summary>One billable thing of a call, a message or a number, as it is priced by what is known now.</summary>
/// <param name="Key">Stable within its stream: what two pricings of the same thing are told by.</param>
/// <param name="Item">The leg, recipient or month that is billed; its facts are the charge's facts.</param>
/// <param name="Service">A word of <see cref="ServiceWords"/>.</param>
/// <param name="Number">The company's, E.164; null where none is known.</param>
/// <param name="Party">The other side, as the carrier wrote it.</param>
/// <param name="Direction"><c>incoming</c>, <c>outgoing</c>, or null for what has none.</param>
/// <param name="OccurredAt">The usage instant: decides day and month.</param>
/// <param name="Price">What it costs.</param>
public sealed record Charge(
    string Key, string Item, CostSource Source, string Service, string? Number, string? Party, string? Direction,
    Instant OccurredAt, ChargePrice Price)
{
    /// <summary>Where the cost is kept, by its number or its party's customer; empty for none.</summary>
    public string CostCentre { get; init; } = "";

    /// <summary>Both count in the same sums, so that a difference between them is one line.</summary>
    public bool CountsWith(Charge other) =>
        Service == other.Service && Number == other.Number && Party == other.Party && Direction == other.Direction
        && OccurredAt == other.OccurredAt && CostCentre == other.CostCentre && Price.Unit == other.Price.Unit
        && Price.Currency == other.Price.Currency;
}

/// <summary>What a charge costs, and by which price.</summary>
/// <param name="Unit">What the unit price is for; null where the carrier tells a sum alone.</param>
/// <param name="Quantity">Used: whole seconds of minutes, days of months, else units.</param>
/// <param name="BilledQuantity">After minimum and increments, or as the carrier says.</param>
/// <param name="UnitPrice">Null where none was told, or the deck has no row for the number.</param>
/// <param name="Currency">ISO 4217; empty when the carrier gave none.</param>
public sealed record ChargePrice(
    RateUnit? Unit, long Quantity, long BilledQuantity, decimal? UnitPrice, decimal Amount, string Currency)
{
    /// <summary>The deck that prices it; null for the carrier's.</summary>
    public string? DeckId { get; init; }

    /// <summary>Of that deck; null for the carrier's.</summary>
    public int? DeckVersion { get; init; }

    /// <summary>The deck's row; null for the carrier's, and where the deck has none for the number.</summary>
    public RateRow? Row { get; init; }

    /// <summary>As <see cref="Rated.Remainder"/>.</summary>
    public decimal Remainder { get; init; }

    /// <summary>As <see cref="Rated.Whole"/>.</summary>
    public int Whole { get; init; } = 1;

    /// <summary>The carrier's word for the part; null for a deck's.</summary>
    public string? Part { get; init; }
}
