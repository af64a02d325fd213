using NodaTime;
using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>
/// Reads the carrier's documents of one month: <c>GET /charges_breakdown</c>, <c>GET /charges_summary</c>, and what
/// the invoice says. Each must be of the month and in the invoice's currency.
/// </summary>
/// <param name="month">The first day.</param>
/// <param name="usageAliases">Of the summary's lines, those that are usage.</param>
internal sealed class ChargesReading(LocalDate month, string currency, IReadOnlyList<string> usageAliases)
{
    /// <exception cref="ChargesException">Something in it cannot be taken.</exception>
    public IReadOnlyList<NumberCharge> Breakdown(ChargesJson document)
    {
        Check(document);
        return [.. document["results"].Items().SelectMany(number => number["services"].Items().Select(service =>
            new NumberCharge(
                number["tn"].Text(), Part(service["cost_type"]), service["name"].Text(), service["cost"].Amount())))];
    }

    /// <exception cref="ChargesException">Something in it cannot be taken.</exception>
    public ChargesSummary Summary(ChargesJson document)
    {
        Check(document);
        var (summary, total) = (document["summary"], document["total"]);
        var aliases = summary["lines"].Items().Select(line => line["alias"]).ToList();
        if (usageAliases.FirstOrDefault(alias => !aliases.Exists(told => told.Is(alias))) is { } unknown)
        {
            throw new ChargesException("usageAliases", $"The summary has no line of alias {unknown}.");
        }
        var lines = summary["lines"].Items().SelectMany(LinesOf)
            .Concat(summary["adjustments"].Items()
                .Select(line => line.Line(TieOutPart.Adjustment, "description", "amount")));
        return new(
            [.. lines], total["existing_mrc"].Amount() + total["new_mrc"].Amount(), total["new_otc"].Amount(),
            total["other"].Amount(), total["credits"].Amount() + total["ledger_adjustments"].Amount(),
            total["grand_total"].Amount());
    }

    private IEnumerable<TieOutLine> LinesOf(ChargesJson line)
    {
        var (existing, added) = (line["existing_this_month"], line["new_this_month"]);
        if (!existing.IsThere && !added.IsThere)
        {
            var part = usageAliases.Any(line["alias"].Is) ? TieOutPart.Usage : TieOutPart.Other;
            return [line.Line(part, "name", "amount")];
        }
        var name = line["name"].Text();
        return
        [
            new(TieOutPart.Recurring, name, existing["mrc"].Amount(0) + added["mrc"].Amount(0)),
            new(TieOutPart.OneTime, name, existing["otc"].Amount(0) + added["otc"].Amount(0)),
        ];
    }

    private static TieOutPart Part(ChargesJson costType) => costType.Text().ToUpperInvariant() switch
    {
        "MRC" => TieOutPart.Recurring,
        "OTC" => TieOutPart.OneTime,
        _ => throw costType.Refuse("Expected MRC or OTC."),
    };

    private void Check(ChargesJson document)
    {
        if (document["currency"].Text() != currency)
        {
            throw document["currency"].Refuse($"The invoice is in {currency}.");
        }
        if (document["start_date"].Date() != month)
        {
            throw document["start_date"].Refuse($"The month begins on {month:uuuu-MM-dd}.");
        }
        if (document["end_date"].Date() != month.PlusMonths(1))
        {
            throw document["end_date"].Refuse($"The month ends before {month.PlusMonths(1):uuuu-MM-dd}.");
        }
    }
}
