namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>One charge of one number: a line of the carrier's breakdown.</summary>
/// <param name="Part">Recurring or one-time.</param>
public sealed record NumberCharge(string Number, TieOutPart Part, string Service, decimal Amount);

/// <summary>The carrier's summary of a month's charges.</summary>
/// <param name="Lines">Recurring and one-time by service, other charges, adjustments; usage where it is told.</param>
/// <param name="Recurring">The total it states of recurring charges, existing and new.</param>
/// <param name="OneTime">The total it states of one-time charges.</param>
/// <param name="Other">The total it states of other charges, usage among them.</param>
/// <param name="Adjustments">The total it states of credits and adjustments.</param>
public sealed record ChargesSummary(
    IReadOnlyList<TieOutLine> Lines, decimal Recurring, decimal OneTime, decimal Other, decimal Adjustments,
    decimal GrandTotal)
{
    internal IEnumerable<TieOutLine> Of(TieOutPart part) => Lines.Where(line => line.Part == part);

    /// <summary>Each stated total less its lines, and the grand total less the totals.</summary>
    internal IEnumerable<TieOutLine> Rests() =>
    [
        Rest(TieOutPart.Recurring, Recurring), Rest(TieOutPart.OneTime, OneTime),
        Rest(TieOutPart.Other, Other - Of(TieOutPart.Usage).Sum(line => line.Amount)),
        Rest(TieOutPart.Adjustment, Adjustments),
        new(TieOutPart.Summary, "grand total", GrandTotal - Recurring - OneTime - Other - Adjustments),
    ];

    private TieOutLine Rest(TieOutPart part, decimal total) =>
        new(part, "total of the summary", total - Of(part).Sum(line => line.Amount));
}

/// <summary>What the carrier asks for a month.</summary>
/// <param name="Total">With tax.</param>
public sealed record Invoice(string InvoiceId, decimal Total, decimal Tax);
