using NodaTime;

namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>A fact of one reconciliation; stream <c>reconciliation/{id}</c>.</summary>
public abstract record ReconciliationFact(Guid ReconciliationId, Instant OccurredAt) : Fact(OccurredAt);

/// <summary>A file of the carrier's was compared with the ledger.</summary>
/// <param name="FileSha256">Of the bytes as they came, lower-case hexadecimal.</param>
/// <param name="Layout"><c>detail_records</c>, <c>call_report</c>, <c>message_report</c> or <c>other</c>.</param>
/// <param name="UnknownColumns">As the file names them.</param>
/// <param name="From">First usage instant of which a call or message may be missing at the carrier.</param>
/// <param name="To">First that is out.</param>
/// <param name="Zone">Of times that the file wrote without an offset.</param>
/// <param name="Currency">Of amounts beside which the file named none; null where nobody said.</param>
/// <param name="AsOf">Sequence of the last fact that the ledger's side holds for certain.</param>
/// <param name="Records">Rows of the file.</param>
/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
/// <param name="Parts">Of each leg's cost, those that were compared; null: the whole.</param>
public sealed record ReconciliationDone(
    Guid ReconciliationId, Instant OccurredAt, string FileSha256, long FileBytes, string Layout,
    IReadOnlyList<string> UnknownColumns, Instant From, Instant To, string Zone, string? Currency, long AsOf,
    long Records, IReadOnlyList<RecordTotal> RecordTotals, IReadOnlyList<ItemTotal> ItemTotals, string By,
    IReadOnlyList<string>? Parts = null)
    : ReconciliationFact(ReconciliationId, OccurredAt);

/// <summary>What records of one kind came to.</summary>
/// <param name="Cost">The sum of their amounts, in one currency; that is empty where none was told.</param>
public sealed record RecordTotal(MatchClass Class, RecordKind Kind, long Count, Money Cost);

/// <summary>What is compared: one leg, or all own legs of a call where a record names no leg; or one message.</summary>
public enum LedgerItem
{
    Call,
    Message,
}

/// <summary>What the ledger's calls or messages came to.</summary>
/// <param name="Unpriced">Of <paramref name="Count"/>, those whose cost the ledger was never told.</param>
/// <param name="Cost">The sum of the ledger's amounts, in one currency.</param>
public sealed record ItemTotal(MatchClass Class, LedgerItem Item, long Count, long Unpriced, Money Cost);
