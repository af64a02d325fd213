using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Audit;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>One call with all that is known of it.</summary>
/// <param name="Legs">The company's own, by their start.</param>
/// <param name="Timeline">Its facts by the carrier's time, each with the evidence behind it.</param>
public sealed record CallDetails(
    CallRow Call, IReadOnlyList<CallLeg> Legs, IReadOnlyList<TimelineEntry> Timeline);

/// <summary>One leg of a call.</summary>
/// <param name="Start">Null until the leg's start is known.</param>
/// <param name="EndedAt">The hang-up, or the end that a cost report tells of.</param>
/// <param name="Cost">As the carrier last reported it, with its parts; null until it did.</param>
public sealed record CallLeg(
    string LegId, LegStart? Start, Instant? AnsweredAt, Instant? BridgedAt, Instant? EndedAt, LegEnd? HangUp,
    LegDetection? Detection, LegCost? Cost, IReadOnlyList<QueueWait> QueueWaits, IReadOnlyList<Recording> Recordings)
{
    public static CallLeg Of(Leg leg) => new(
        leg.LegId, leg.Start, leg.AnsweredAt, leg.BridgedAt, leg.EndedAt, leg.End, leg.Detection, leg.Cost,
        leg.QueueWaits ?? [], leg.Recordings ?? []);
}
