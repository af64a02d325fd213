namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>What the match reads of a record.</summary>
public enum RecordField
{
    RecordType,
    RecordId,
    LegId,
    ControlId,
    SessionId,
    MessageId,
    Direction,
    From,
    To,
    At,
    BilledSeconds,
    Cost,
    Currency,
}
