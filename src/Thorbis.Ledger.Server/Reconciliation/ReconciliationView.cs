using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>One comparison of a file with the ledger.</summary>
/// <param name="By">The user or key that did it.</param>
/// <param name="Layout"><c>detail_records</c>, <c>call_report</c>, <c>message_report</c> or <c>other</c>.</param>
/// <param name="UnknownColumns">Of the file; their cells stand in the differences.</param>
/// <param name="AsOf">Sequence of the last fact that the ledger's side holds for certain.</param>
/// <param name="Parts">Of each leg's cost, those that the file bills and that were compared; null: the whole.</param>
/// <param name="Repeated">The file was compared before, and nothing was done now.</param>
public sealed record ReconciliationView(
    Guid ReconciliationId, Instant DoneAt, string By, string FileSha256, long FileBytes, string Layout,
    IReadOnlyList<string> UnknownColumns, Instant From, Instant To, string Zone, string? Currency, long AsOf,
    long Records, IReadOnlyList<RecordTotalView> RecordTotals, IReadOnlyList<ItemTotalView> ItemTotals,
    IReadOnlyList<string>? Parts, bool Repeated)
{
    internal static ReconciliationView Of(ReconciliationDone done, bool repeated = false) => new(
        done.ReconciliationId, done.OccurredAt, done.By, done.FileSha256, done.FileBytes, done.Layout,
        done.UnknownColumns, done.From, done.To, done.Zone, done.Currency, done.AsOf, done.Records,
        [.. done.RecordTotals.Select(RecordTotalView.Of)], [.. done.ItemTotals.Select(ItemTotalView.Of)], done.Parts,
        repeated);
}

/// <param name="Class">matched, missing_here, cost_differs, duration_differs or duplicate.</param>
/// <param name="Kind">What the records charge for: sip_trunking, call_control, message …</param>
/// <param name="Cost">The sum of the records' amounts.</param>
public sealed record RecordTotalView(string Class, string Kind, long Count, Money Cost)
{
    internal static RecordTotalView Of(RecordTotal total) =>
        new(Words.Of(total.Class), Words.Of(total.Kind), total.Count, total.Cost);
}

/// <param name="Class">matched, missing_at_carrier, cost_differs or duration_differs.</param>
/// <param name="Item"><c>call</c>, which is one leg of it, or <c>message</c>.</param>
/// <param name="Unpriced">Of these, those whose cost the ledger was never told.</param>
/// <param name="Cost">The sum of the ledger's amounts.</param>
public sealed record ItemTotalView(string Class, string Item, long Count, long Unpriced, Money Cost)
{
    internal static ItemTotalView Of(ItemTotal total) =>
        new(Words.Of(total.Class), Words.Of(total.Item), total.Count, total.Unpriced, total.Cost);
}
