namespace Thorbis.Ledger.Domain.Usage;

/// <summary>
/// What usage buckets sum. The names, in snake case, are columns of <c>ledger.usage_bucket</c>: adding one is a
/// migration and a rebuild. Every call and message counts at its usage instant; times and outcomes count once the
/// call has ended.
/// </summary>
public enum Figure
{
    /// <summary>Calls whose direction is incoming, in progress or ended; those between own numbers included.</summary>
    CallsIn,
    CallsOut,

    /// <summary>Calls between two numbers of the company; also in <see cref="CallsIn"/>.</summary>
    CallsInternal,

    /// <summary>Calls of either direction with an end; the divisor of the average ring time.</summary>
    CallsEnded,

    /// <summary>From here to <see cref="Blocked"/>: ended incoming calls by outcome, each call in one.</summary>
    Answered,
    Voicemail,
    SelfServed,
    Short,
    Abandoned,
    Unanswered,
    Blocked,

    /// <summary>From here to <see cref="Failed"/>: ended outgoing calls by outcome, each call in one.</summary>
    Connected,
    Machine,
    Busy,

    /// <summary>Outgoing calls with the outcome <c>unanswered</c>.</summary>
    UnansweredOut,
    Failed,

    /// <summary>Ended calls with talk time; the divisor of the average talk time.</summary>
    TalkCalls,
    TalkMicroseconds,
    RingMicroseconds,

    /// <summary>Ended calls with billable time; the divisor of the average billable time.</summary>
    BillableCalls,
    BillableSeconds,

    /// <summary>What the carrier says it billed; kept apart from <see cref="BillableSeconds"/>.</summary>
    CarrierBilledSeconds,

    /// <summary>Incoming messages by type; a group MMS is one.</summary>
    SmsIn,
    MmsIn,

    /// <summary>Types other than SMS and MMS, such as RCS.</summary>
    OtherIn,
    SmsOut,
    MmsOut,
    OtherOut,

    /// <summary>From here to <see cref="RecipientsUnconfirmed"/>: recipients of outgoing messages, by status.</summary>
    RecipientsQueued,
    RecipientsSent,
    RecipientsDelivered,
    RecipientsFailed,
    RecipientsUnconfirmed,

    /// <summary>Billable parts; outgoing ones times recipients, whatever became of them.</summary>
    PartsIn,
    PartsOut,

    /// <summary>Billable media; outgoing ones times recipients.</summary>
    MediaIn,
    MediaOut,
}
