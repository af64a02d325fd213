using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>A fact of one leg of a call; stream <c>call/{call_session_id}</c>.</summary>
/// <param name="LegId">Telnyx's <c>call_leg_id</c>.</param>
/// <param name="OccurredAt">The carrier's instant.</param>
public abstract record CallFact(string LegId, Instant OccurredAt) : Fact(OccurredAt);

public enum CallDirection
{
    Incoming,
    Outgoing,
}

/// <param name="From">E.164, a SIP address or <c>anonymous</c>, as the carrier wrote it.</param>
/// <param name="To">E.164 or a SIP address, as the carrier wrote it.</param>
/// <param name="OwnNumber">The company's number on this leg, E.164; null on legs known by their session only.</param>
public sealed record CallInitiated(
    string LegId, Instant OccurredAt, CallDirection Direction, string From, string To, string? OwnNumber,
    string ControlId, string? ConnectionId, string? CallerName, string? Screening, string? Attestation,
    IReadOnlyList<string> Tags) : CallFact(LegId, OccurredAt);

public sealed record CallAnswered(string LegId, Instant OccurredAt) : CallFact(LegId, OccurredAt);

public sealed record CallBridged(string LegId, Instant OccurredAt) : CallFact(LegId, OccurredAt);

/// <param name="Cause">Open set: <c>normal_clearing</c>, <c>user_busy</c>, <c>originator_cancel</c> …</param>
/// <param name="Source"><c>caller</c>, <c>callee</c>, <c>unknown</c>, or null when not told.</param>
/// <param name="SipCode">Such as <c>603</c>, or <c>unspecified</c>.</param>
public sealed record CallHungUp(
    string LegId, Instant OccurredAt, string? Cause, string? Source, string? SipCode, CallQuality? Quality)
    : CallFact(LegId, OccurredAt);

/// <summary>Voice quality at the end of a leg, as the carrier measured it.</summary>
/// <param name="InboundMos">Mean opinion score, 1 to 5.</param>
/// <param name="InboundJitterMaxVariance">Milliseconds.</param>
public sealed record CallQuality(
    decimal? InboundMos, decimal? InboundJitterMaxVariance, long? InboundPackets, long? InboundSkippedPackets,
    long? OutboundPackets, long? OutboundSkippedPackets);

/// <param name="Status"><c>success</c> or <c>error</c>; an error carries no total, and a success may follow.</param>
/// <param name="Total">As told; the parts need not add up to it.</param>
/// <param name="BilledSeconds">The longest over the parts, not their sum; as told.</param>
public sealed record CallCostReported(
    string LegId, Instant OccurredAt, string Status, Money? Total, long? BilledSeconds,
    IReadOnlyList<CallCostPart> Parts) : CallFact(LegId, OccurredAt);

/// <param name="Part">Open set: <c>sip-trunking</c>, <c>call-control</c>, <c>call-recording</c> …</param>
/// <param name="Rate">Per minute, as told.</param>
public sealed record CallCostPart(string Part, Money Cost, decimal? Rate, long? BilledSeconds);

public sealed record DtmfReceived(string LegId, Instant OccurredAt, string Digit) : CallFact(LegId, OccurredAt);

/// <param name="Status"><c>valid</c>, <c>invalid</c>, <c>call_hangup</c>, <c>cancelled</c>, <c>timeout</c> …</param>
public sealed record GatherEnded(string LegId, Instant OccurredAt, string Digits, string? Status)
    : CallFact(LegId, OccurredAt);

public sealed record SpeakStarted(string LegId, Instant OccurredAt) : CallFact(LegId, OccurredAt);

public sealed record SpeakEnded(string LegId, Instant OccurredAt, string? Status) : CallFact(LegId, OccurredAt);

public sealed record PlaybackStarted(string LegId, Instant OccurredAt, string? Media) : CallFact(LegId, OccurredAt);

public sealed record PlaybackEnded(string LegId, Instant OccurredAt, string? Media, string? Status)
    : CallFact(LegId, OccurredAt);

public sealed record CallEnqueued(
    string LegId, Instant OccurredAt, string Queue, int? Position, long? AverageWaitSeconds)
    : CallFact(LegId, OccurredAt);

/// <param name="Reason"><c>bridged</c>, <c>hangup</c>, <c>leave</c>, <c>timeout</c> …</param>
/// <param name="WaitSeconds">Seconds in the queue, as told.</param>
public sealed record CallDequeued(
    string LegId, Instant OccurredAt, string Queue, int? Position, string? Reason, long? WaitSeconds)
    : CallFact(LegId, OccurredAt);

/// <param name="Result"><c>human</c>, <c>machine</c>, <c>not_sure</c>, and the premium detector's words.</param>
public sealed record MachineDetectionEnded(string LegId, Instant OccurredAt, string Result, bool Premium)
    : CallFact(LegId, OccurredAt);

public sealed record MachineGreetingEnded(string LegId, Instant OccurredAt, string Result, bool Premium)
    : CallFact(LegId, OccurredAt);

/// <param name="RecordingId">Null where the carrier's older shape gives none.</param>
/// <param name="Channels"><c>single</c> or <c>dual</c>.</param>
/// <param name="Urls">Format to link; the links live for 10 minutes.</param>
public sealed record RecordingSaved(
    string LegId, Instant OccurredAt, string? RecordingId, string? Channels, Instant? StartedAt, Instant? EndedAt,
    IReadOnlyDictionary<string, string> Urls) : CallFact(LegId, OccurredAt);

public sealed record RecordingFailed(string LegId, Instant OccurredAt, string? Reason) : CallFact(LegId, OccurredAt);

public sealed record RecordingTranscribed(
    string LegId, Instant OccurredAt, string? RecordingId, string? TranscriptionId, string? Status, string Text)
    : CallFact(LegId, OccurredAt);

/// <param name="Final">False for an interim reading that a later one replaces.</param>
/// <param name="Confidence">0 to 1, as told.</param>
public sealed record SpeechTranscribed(
    string LegId, Instant OccurredAt, string Text, decimal? Confidence, bool Final, string? Track)
    : CallFact(LegId, OccurredAt);

/// <param name="Phase"><c>started</c>, <c>completed</c> or <c>failed</c>.</param>
public sealed record CallReferred(string LegId, Instant OccurredAt, string Phase, int? SipResponse)
    : CallFact(LegId, OccurredAt);

public sealed record CallHeld(string LegId, Instant OccurredAt) : CallFact(LegId, OccurredAt);

public sealed record CallUnheld(string LegId, Instant OccurredAt) : CallFact(LegId, OccurredAt);

/// <summary>Media was copied elsewhere: a fork, a stream or a SIPREC session.</summary>
/// <param name="Kind"><c>fork</c>, <c>streaming</c> or <c>siprec</c>.</param>
/// <param name="Phase"><c>started</c>, <c>stopped</c> or <c>failed</c>.</param>
public sealed record CallMediaForked(string LegId, Instant OccurredAt, string Kind, string Phase, string? Detail)
    : CallFact(LegId, OccurredAt);

/// <summary>A machine spoke with the caller: an AI gather or an assistant's conversation.</summary>
/// <param name="Kind">The last words of the event type, such as <c>ai_gather.ended</c>.</param>
/// <param name="DurationSeconds">As told; conversations only.</param>
public sealed record AssistantReported(
    string LegId, Instant OccurredAt, string Kind, string? Status, long? DurationSeconds, string? Reference)
    : CallFact(LegId, OccurredAt);

/// <param name="Result"><c>real</c>, <c>fake</c>, <c>silence_timeout</c> or <c>error</c>.</param>
public sealed record DeepfakeChecked(string LegId, Instant OccurredAt, string Result, decimal? Score)
    : CallFact(LegId, OccurredAt);

/// <param name="Joined">True on joining, false on leaving.</param>
public sealed record ConferenceAttended(string LegId, Instant OccurredAt, string ConferenceId, bool Joined)
    : CallFact(LegId, OccurredAt);
