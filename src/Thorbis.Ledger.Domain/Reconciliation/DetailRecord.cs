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
    /// <summary>By what the record says which call or message it is about.</summary>
    public RecordNaming Naming =>
        (LegId is not null ? SessionId is null ? RecordNaming.Leg : RecordNaming.LegOfSession
            : ControlId is not null ? RecordNaming.Control
            : SessionId is not null ? RecordNaming.Session
            : MessageId is null ? RecordNaming.Nothing : default)
        | (MessageId is not null ? RecordNaming.Message : default);
}

/// <summary>How records name what they are about; several for a file, or for a record with ids of both kinds.</summary>
[Flags]
public enum RecordNaming
{
    LegOfSession = 1,

    /// <summary>The leg without its session.</summary>
    Leg = 2,

    /// <summary>The leg's control id without its leg id.</summary>
    Control = 4,

    /// <summary>The session alone.</summary>
    Session = 8,
    Message = 16,

    /// <summary>Neither call nor message: only parties and time can tell.</summary>
    Nothing = 32,
}

/// <summary>A cell that cannot be taken.</summary>
/// <param name="Column">As the file names it.</param>
public readonly record struct BadCell(string Column, string Reason);
