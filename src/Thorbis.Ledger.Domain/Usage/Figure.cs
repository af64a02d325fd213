namespace Thorbis.Ledger.Domain.Usage;

/// <summary>
/// What usage buckets sum. The names, in snake case, are columns of <c>ledger.usage_bucket</c>: adding one is a
/// migration and a rebuild.
/// </summary>
public enum Figure
{
    CallsIn,
    CallsOut,
    CallsInternal,
    CallsEnded,
    Answered,
    Voicemail,
    SelfServed,
    Short,
    Abandoned,
    Unanswered,
    Blocked,
    Connected,
    Machine,
    Busy,
    UnansweredOut,
    Failed,
    TalkCalls,
    TalkMicroseconds,
    RingMicroseconds,
    BillableSeconds,
    CarrierBilledSeconds,
    SmsIn,
    MmsIn,
    OtherIn,
    SmsOut,
    MmsOut,
    OtherOut,
    RecipientsQueued,
    RecipientsSent,
    RecipientsDelivered,
    RecipientsFailed,
    RecipientsUnconfirmed,
    PartsIn,
    PartsOut,
    MediaIn,
    MediaOut,
}
