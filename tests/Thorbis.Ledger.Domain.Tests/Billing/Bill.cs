using System.Globalization;
using System.Text;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Tests.Billing;

/// <summary>Folds facts into cost lines, the first at place 1 of the ledger.</summary>
internal static class Bill
{
    public static readonly Tariff Default = Under();

    /// <summary>The default deck, and versions after it, each known from the place beside it.</summary>
    public static Tariff Under(params (long Known, DeckVersion Version)[] versions) => new(
        new(DefaultDeck.Id, [DefaultDeck.Version, .. versions.Select(v => v.Version)]),
        [0, .. versions.Select(v => v.Known)], number => number.StartsWith("+1800") ? "toll_free" : "local",
        (_, _, _, _) => "");

    /// <summary>A version in force since the beginning.</summary>
    public static DeckVersion Version(int number, string rounding, params RateRow[] rows) => new(
        number, NumberDecider.Earliest, "USD",
        new(Enum.Parse<RoundingMode>(rounding.Split('/')[0]),
            int.Parse(rounding.Split('/')[1], CultureInfo.InvariantCulture)), rows);

    public static List<CostLine> Lines(IEnumerable<Fact> facts, Tariff? tariff = null) =>
        Lines(new CostFold(null), facts, tariff);

    public static List<CostLine> Lines(CostFold fold, IEnumerable<Fact> facts, Tariff? tariff = null) =>
        [.. facts.SelectMany((fact, i) => fold.Take(new(i + 1, IdOf(i), fact), tariff ?? Default))];

    public static List<CostLine> OfCall(string script, Tariff? tariff = null) =>
        Lines(Calls.Script.Facts(script), tariff);

    /// <summary><c>adj d in 60/60 0.012</c>: kind, source, service, quantity used and billed, amount.</summary>
    public static string Text(IEnumerable<CostLine> lines) => string.Join(", ", lines.Select(line =>
    {
        var (charge, price) = (line.Charge, line.Charge.Price);
        var kind = line.Kind switch
        {
            CostLineKind.Adjustment => "adj ",
            CostLineKind.Reversal => "rev ",
            _ => "",
        };
        var source = charge.Source == CostSource.Deck ? 'd' : 'c';
        var service = charge.Service.Replace("call_", "").Replace("number_", "");
        var quantity = $"{price.Quantity}/{price.BilledQuantity}";
        return string.Create(
            CultureInfo.InvariantCulture, $"{kind}{source} {service} {quantity} {price.Amount:0.########}");
    }));

    /// <summary>Sums by everything that a sum can be asked by.</summary>
    public static string Sums(IEnumerable<Charge> charges)
    {
        var text = new StringBuilder();
        var groups = charges.GroupBy(c => string.Join(
            '|', c.Source, c.Service, c.Number, c.Party, c.Direction, c.OccurredAt, c.CostCentre, c.Price.Currency));
        foreach (var group in groups.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var (amount, quantity) = (group.Sum(c => c.Price.Amount), group.Sum(c => c.Price.Quantity));
            var billed = group.Sum(c => c.Price.BilledQuantity);
            if ((amount, quantity, billed) != (0, 0, 0))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture, $"{group.Key}: {quantity} {billed} {amount:0.############}");
            }
        }
        return text.ToString();
    }

    private static Guid IdOf(int place) => new(place + 1, 0, 0, new byte[8]);
}
