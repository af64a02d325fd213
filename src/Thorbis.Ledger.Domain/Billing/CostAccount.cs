using System.Text.Json.Serialization;
using NodaTime;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>A fact that bears on a charge.</summary>
/// <param name="Item">As in <see cref="Charge.Item"/>; empty when it bears on all charges of the stream.</param>
public sealed record BillingFact(string Item, Guid Id);

/// <summary>What decides the charges of one stream, folded from its facts.</summary>
/// <remarks>
/// Charges are a function of this state and the tariff alone, and cost lines are differences of charges: so the sums
/// of the lines are those of the last state, whatever the order of its facts.
/// </remarks>
/// <param name="Facts">That bear on charges, in the order of the ledger.</param>
public abstract record CostAccount(IReadOnlyList<BillingFact> Facts)
{
    /// <summary>
    /// Ledger sequence at which the account was first priced; 0 before. Prices and cost centres that became known
    /// later change nothing by themselves, not even those in force since an instant in the past.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long PricedAt { get; init; }

    /// <summary>The instant of its usage; null where it is of several.</summary>
    [JsonIgnore]
    public abstract Instant? UsedAt { get; }

    /// <summary>Every billable thing known so far, each key of a source once.</summary>
    /// <param name="sequence">Of the account's last fact.</param>
    public IReadOnlyList<Charge> Charges(Tariff tariff, long sequence)
    {
        var charges = new List<Charge>();
        Price(charges, tariff, PricedAt == 0 ? sequence : PricedAt);
        return charges;
    }

    /// <summary>The facts of a charge, by their ids.</summary>
    public IReadOnlyList<Guid> FactsOf(Charge charge) =>
        [.. Facts.Where(f => f.Item.Length == 0 || f.Item == charge.Item).Select(f => f.Id)];

    protected abstract void Price(List<Charge> charges, Tariff tariff, long known);

    /// <summary>What the version in force asks for units of something; null when it sells no such thing.</summary>
    protected static ChargePrice? Units(
        Prices prices, Instant at, Service service, RateUnit unit, long units, string? priced, string? own)
    {
        var version = prices.VersionAt(at);
        return !version.Sells(service, unit) ? null
            : Find(prices.Tariff, version, service, unit, priced, own) is { } row
                ? Of(version, Rate.Units(row, version.Rounding, units))
                : Unpriced(version, unit, units);
    }

    /// <inheritdoc cref="Units"/>
    protected static ChargePrice? Duration(
        Prices prices, Instant at, Service service, long microseconds, string? priced, string? own)
    {
        var version = prices.VersionAt(at);
        return !version.Sells(service, RateUnit.Minute) ? null
            : Find(prices.Tariff, version, service, RateUnit.Minute, priced, own) is { } row
                ? Of(version, Rate.Duration(row, version.Rounding, microseconds))
                : Unpriced(version, RateUnit.Minute, Rate.Seconds(microseconds));
    }

    /// <summary>The fee of some days of a month.</summary>
    protected static ChargePrice? Month(
        Prices prices, Instant at, int days, int daysInMonth, string number)
    {
        var version = prices.VersionAt(at);
        return !version.Sells(Service.NumberMonth, RateUnit.Month) ? null
            : Find(prices.Tariff, version, Service.NumberMonth, RateUnit.Month, number, number) is { } row
                ? Of(version, Rate.Days(row, version.Rounding, days, daysInMonth))
                : Unpriced(version, RateUnit.Month, days);
    }

    private static RateRow? Find(
        Tariff tariff, DeckVersion version, Service service, RateUnit unit, string? priced, string? own) =>
        version.RowFor(service, unit, priced, own is null ? null : tariff.NumberType(own));

    private static ChargePrice Of(DeckVersion version, Rated rated) =>
        new(rated.Row.Unit, rated.Quantity, rated.BilledQuantity, rated.Row.Price, rated.Amount, version.Currency)
        {
            DeckId = version.DeckId,
            DeckVersion = version.Version,
            Row = rated.Row,
            Remainder = rated.Remainder,
            Whole = rated.Whole,
        };

    /// <summary>The deck sells the service, but to other numbers: a line of nothing shows the gap.</summary>
    private static ChargePrice Unpriced(DeckVersion version, RateUnit unit, long quantity) =>
        new(unit, quantity, 0, null, 0, version.Currency) { DeckId = version.DeckId, DeckVersion = version.Version };
}
