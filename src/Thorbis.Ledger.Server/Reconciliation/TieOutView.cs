using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <param name="Part">usage, recurring, one_time, other, adjustment, tax; of what is unexplained also summary,
/// invoice.</param>
public sealed record TieOutLineView(string Part, string Name, decimal Amount)
{
    internal static TieOutLineView Of(TieOutLine line) => new(Words.Of(line.Part), line.Name, line.Amount);
}

/// <summary>A month against the carrier's invoice: lines and unexplained amounts together are its total.</summary>
/// <param name="Tied">No single unexplained amount is as much as half a cent.</param>
/// <param name="Currency">Of all lines.</param>
/// <param name="UnexplainedSum">What nothing explains; its parts may cancel each other out.</param>
/// <param name="OtherCurrencies">What the ledger holds of the month in other currencies: no part of the sum.</param>
/// <param name="CallsUnpriced">Calls whose cost the ledger was never told, or in two currencies.</param>
/// <param name="Reconciliations">Whose files tell what features were billed.</param>
/// <param name="Repeated">The same was tied out before, and nothing was done now.</param>
public sealed record TieOutView(
    Guid TieOutId, string Month, Instant DoneAt, string By, string InvoiceId, string Zone, string Currency,
    decimal Total, bool Tied, IReadOnlyList<TieOutLineView> Lines, IReadOnlyList<TieOutLineView> Unexplained,
    decimal UnexplainedSum, IReadOnlyList<Money> OtherCurrencies, long CallsUnpriced, long MessagesUnpriced,
    IReadOnlyList<Guid> Reconciliations, bool Repeated)
{
    internal static TieOutView Of(Guid id, InvoiceTiedOut fact, bool repeated = false) => new(
        id, fact.Month, fact.OccurredAt, fact.By, fact.InvoiceId, fact.Zone, fact.Currency, fact.Total,
        new TieOut(fact.Lines, fact.Unexplained).IsTied, [.. fact.Lines.Select(TieOutLineView.Of)],
        [.. fact.Unexplained.Select(TieOutLineView.Of)], fact.Unexplained.Sum(line => line.Amount),
        fact.OtherCurrencies, fact.CallsUnpriced, fact.MessagesUnpriced, fact.Reconciliations ?? [],
        repeated);
}
