using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>How a call ended; null while it has not. Words and conditions: docs/glossary.md.</summary>
public enum CallOutcome
{
    Blocked,
    Answered,
    Voicemail,
    SelfServed,
    Short,
    Abandoned,
    Unanswered,
    Connected,
    Machine,
    Busy,
    Failed,
}

/// <summary>One call as one company sees it: the row of lists, exports and figures.</summary>
/// <param name="CallId">Telnyx's <c>call_session_id</c>.</param>
/// <param name="Direction">That of the earliest own leg; null until a leg's start is known.</param>
/// <param name="Number">The company's number, E.164; null where only the session tells the company.</param>
/// <param name="Party">The other side as the carrier wrote it: E.164, SIP address or <c>anonymous</c>.</param>
/// <param name="Internal">Between two numbers of the company; counts once, as incoming.</param>
/// <param name="UsageAt">Start of the earliest own leg, else the earliest fact of the call.</param>
/// <param name="AnsweredAt">First answer on an own leg.</param>
/// <param name="EndedAt">
/// Last hang-up, once every known own leg has one; null before. A cost report ends a leg whose hang-up is missing.
/// </param>
/// <param name="LastFactAt">
/// Latest instant told of the legs that have not hung up; of the whole call once all have.
/// </param>
/// <param name="TalkMicroseconds">Bridge (single leg: answer) to the end, once per call; 0 until ended.</param>
/// <param name="RingMicroseconds">
/// Start to answer of the primary leg, or to the end when never answered; 0 until known.
/// </param>
/// <param name="BillableSeconds">
/// Sum over answered legs of answer to end, each rounded up to a whole second; a leg that the carrier billed
/// without an answer counts as it was billed. 0 until ended.
/// </param>
/// <param name="CarrierCost">Sum over legs of what the carrier last reported; null when it reported nothing,
/// or in more than one currency (zeros aside).</param>
/// <param name="CarrierBilledSeconds">Sum over legs, as reported; null when nothing was.</param>
/// <param name="BilledUnanswered">A leg ended without an answer, but the carrier billed it.</param>
/// <param name="WaitMicroseconds">
/// Of an answered, abandoned or voicemail call: last menu key, else start, to the bridge, hang-up or greeting. Null for
/// all others, until ended, and where no greeting was told.
/// </param>
/// <param name="QueueSeconds">Sum over the queues it left, as told; null when nothing was, and until ended.</param>
/// <param name="MenuKeys">Each single key the caller pressed in a menu, once, in the order of characters.</param>
public sealed record CallView(
    string CallId, CallDirection? Direction, string? Number, string? Party, bool Internal, Instant UsageAt,
    Instant? AnsweredAt, Instant? EndedAt, Instant LastFactAt, CallOutcome? Outcome, long TalkMicroseconds,
    long RingMicroseconds, long BillableSeconds, Money? CarrierCost, long? CarrierBilledSeconds,
    bool BilledUnanswered, string? HangupCause, string? HangupSource, int Legs, int Recordings,
    long? WaitMicroseconds, long? QueueSeconds, string MenuKeys)
{
    /// <summary>A caller who leaves within this time of the start, inclusive, hardly called.</summary>
    public static readonly Duration ShortFor = Duration.FromSeconds(5);

    /// <summary>A call without an end is in progress for this long after the last that was told of it.</summary>
    public static readonly Duration InProgressFor = Duration.FromHours(4);

    /// <summary>Judged when asked: a call passes from in progress to end unknown without a fact.</summary>
    public CallPhase PhaseAt(Instant now) =>
        EndedAt is not null ? CallPhase.Ended
        : now - LastFactAt < InProgressFor ? CallPhase.InProgress
        : CallPhase.EndUnknown;
}
