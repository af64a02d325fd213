namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>What an amount is for; of an unexplained one, where it shows.</summary>
public enum TieOutPart
{
    Usage,
    Recurring,
    OneTime,
    Other,
    Adjustment,
    Tax,

    /// <summary>The summary's parts against its own grand total.</summary>
    Summary,

    /// <summary>Everything together against the invoice.</summary>
    Invoice,
}

/// <param name="Name">The service, or whatever the documents call it.</param>
/// <param name="Amount">Never rounded; negative where it lessens the invoice.</param>
public sealed record TieOutLine(TieOutPart Part, string Name, decimal Amount);

/// <summary>A month's invoice against what the ledger and the carrier's lists of charges explain of it.</summary>
/// <remarks>
/// Every list is compared with the next one that claims to sum it up, from single numbers to the invoice. Each step's
/// difference is a line, so lines and unexplained lines together are the invoice's total, to the last digit.
/// </remarks>
public sealed record TieOut(IReadOnlyList<TieOutLine> Lines, IReadOnlyList<TieOutLine> Unexplained)
{
    /// <summary>No single unexplained amount is as much as half a cent.</summary>
    public bool IsTied => Unexplained.All(line => Math.Abs(line.Amount) < 0.005m);

    /// <param name="usage">The carrier's cost of the month's calls, messages and features, as the ledger holds it.
    /// Where the summary lists usage too, the two are compared and not added.</param>
    /// <param name="numbers">The charges of single numbers.</param>
    /// <param name="invoice">What the carrier asks for.</param>
    public static TieOut Of(
        IReadOnlyList<TieOutLine> usage, IReadOnlyList<NumberCharge> numbers, ChargesSummary summary, Invoice invoice)
    {
        var byService = numbers.GroupBy(charge => (charge.Part, charge.Service))
            .Select(same => new TieOutLine(same.Key.Part, same.Key.Service, same.Sum(charge => charge.Amount)))
            .OrderBy(line => line.Part).ThenBy(line => line.Name, StringComparer.Ordinal).ToList();
        List<TieOutLine> lines =
        [
            .. usage, .. byService, .. summary.Of(TieOutPart.Other), .. summary.Of(TieOutPart.Adjustment),
            new(TieOutPart.Tax, "tax", invoice.Tax),
        ];
        List<TieOutLine> rests =
        [
            .. ByService(TieOutPart.Recurring, byService, summary),
            .. ByService(TieOutPart.OneTime, byService, summary),
            .. summary.Rests(),
            .. Usage(usage.Sum(line => line.Amount), summary, invoice),
        ];
        return new([.. lines.Where(line => line.Amount != 0)], [.. rests.Where(rest => rest.Amount != 0)]);
    }

    private static IEnumerable<TieOutLine> Usage(decimal usage, ChargesSummary summary, Invoice invoice)
    {
        var rest = invoice.Total - summary.GrandTotal - invoice.Tax;
        var listed = summary.Of(TieOutPart.Usage).ToList();
        return listed.Count == 0
            ? [new(TieOutPart.Invoice, "total", rest - usage)]
            : [
                new(TieOutPart.Usage, "usage of the summary", listed.Sum(line => line.Amount) - usage),
                new(TieOutPart.Invoice, "total", rest),
            ];
    }

    /// <summary>What the summary has of each service beyond its numbers' charges.</summary>
    private static IEnumerable<TieOutLine> ByService(
        TieOutPart part, List<TieOutLine> numbers, ChargesSummary summary) =>
        summary.Of(part).Concat(numbers.Where(line => line.Part == part)
                .Select(line => line with { Amount = -line.Amount }))
            .GroupBy(line => line.Name)
            .Select(same => new TieOutLine(part, same.Key, same.Sum(line => line.Amount)));
}
