using System.Globalization;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>How an amount came about, in steps that can be done by hand.</summary>
/// <param name="Steps">Sentences, in order.</param>
/// <param name="Formula">With the numbers put in; null where the carrier told the amount.</param>
/// <param name="Remainder">What rounding left, as a sentence; null where nothing was rounded.</param>
public sealed record CostDerivation(IReadOnlyList<string> Steps, string? Formula, string? Remainder)
{
    /// <param name="deck">The version that priced it; null for the carrier's.</param>
    public static CostDerivation Of(Charge charge, DeckVersion? deck)
    {
        var price = charge.Price;
        return deck is null ? Told(price)
            : price.Row is not { } row
                ? new([Text($"Version {deck.Version} sells {charge.Service}, but to other numbers: 0.")], null, null)
            : price.Unit switch
            {
                RateUnit.Minute => Minutes(price, row, deck),
                RateUnit.Month => Days(charge, row, deck),
                _ => Units(price, row, deck),
            };
    }

    private static CostDerivation Told(ChargePrice price) => new(
        [Text($"The carrier reported {price.Amount} {price.Currency} as {price.Part}.")], null, null);

    private static CostDerivation Minutes(ChargePrice price, RateRow row, DeckVersion deck) => new(
        [
            Text($"Answer to end, each started second counts: {price.Quantity} s."),
            Text($"At least {row.Minimum} s are billed: {Math.Max(price.Quantity, row.Minimum)} s."),
            Text($"First {row.FirstIncrement} s, then every started {row.Increment} s: {price.BilledQuantity} s."),
            Rounded(deck),
        ],
        Text($"{row.ConnectFee} + {row.Price} × {price.BilledQuantity} / 60 = {price.Amount} {price.Currency}"),
        Rest(price));

    private static CostDerivation Units(ChargePrice price, RateRow row, DeckVersion deck) => new(
        [Text($"{price.Quantity} by the {row.Unit.ToString().ToLowerInvariant()}."), Rounded(deck)],
        Text($"{row.ConnectFee} + {row.Price} × {price.BilledQuantity} = {price.Amount} {price.Currency}"),
        Rest(price));

    private static CostDerivation Days(Charge charge, RateRow row, DeckVersion deck)
    {
        var price = charge.Price;
        return new(
            [Text($"Held on {price.Quantity} of {price.Whole} days of the month."), Rounded(deck)],
            Text($"{row.ConnectFee} + {row.Price} × {price.Quantity} / {price.Whole} = {price.Amount}")
                + $" {price.Currency}",
            Rest(price));
    }

    private static string Rounded(DeckVersion deck) =>
        Text($"Rounded to {deck.Rounding.Decimals} decimals, {Name(deck.Rounding.Mode)}.");

    private static string Name(RoundingMode mode) => mode switch
    {
        RoundingMode.HalfEven => "to the nearer, from the middle to the even",
        RoundingMode.HalfUp => "to the nearer, from the middle up",
        RoundingMode.Up => "up",
        _ => "down",
    };

    private static string? Rest(ChargePrice price) => price.Remainder == 0 ? null
        : price.Remainder > 0 ? Text($"{price.Remainder}/{price.Whole} of the last place was left.")
        : Text($"{-price.Remainder}/{price.Whole} of the last place was added.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
