using NodaTime;

namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>One detail record of the carrier. Texts are null where the record does not tell them.</summary>
/// <param name="Key">The same for the same record, wherever it stands in a file.</param>
/// <param name="RecordId">The record's own id.</param>
/// <param name="LegId">Telnyx's <c>call_leg_id</c>.</param>
/// <param name="ControlId">Telnyx's <c>call_control_id</c>.</param>
/// <param name="SessionId">Telnyx's <c>call_session_id</c>.</param>
/// <param name="MessageId">Telnyx's message id.</param>
/// <param name="Incoming">Null where no direction is told.</param>
/// <param name="From">E.164 where it is a number.</param>
/// <param name="To">E.164 where it is a number.</param>
/// <param name="BilledSeconds">Whole, not negative.</param>
/// <param name="Cost">Every digit the carrier gave; negative is a credit.</param>
/// <param name="Currency">ISO 4217, upper case; null only beside a cost that is zero or missing.</param>
public readonly record struct DetailRecord(
    RecordKind Kind, Guid Key, string? RecordId, string? LegId, string? ControlId, string? SessionId,
    string? MessageId, bool? Incoming, string? From, string? To, Instant? At, int? BilledSeconds, decimal? Cost,
    string? Currency)
{
    /// <summary>It names neither a call nor a message: only parties and time can tell which one it is about.</summary>
    public bool IsNameless => LegId is null && ControlId is null && SessionId is null && MessageId is null;
}

/// <summary>A cell that cannot be taken.</summary>
/// <param name="Column">As the file names it.</param>
public readonly record struct BadCell(string Column, string Reason);
