using NodaTime;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Tests.Usage;

/// <summary>One leg, read from its facts by the sentences of docs/glossary.md.</summary>
internal sealed class LegRecount(string legId, List<CallFact> facts)
{
    public string LegId => legId;

    public CallInitiated? Start => Of<CallInitiated>().FirstOrDefault();

    public bool Incoming => Start?.Direction == CallDirection.Incoming;

    public Instant? Answered => Of<CallAnswered>().FirstOrDefault()?.OccurredAt;

    public Instant? Bridged => Of<CallFact>()
        .FirstOrDefault(fact => fact is CallBridged or ConferenceAttended { Joined: true })?.OccurredAt;

    public CallHungUp? HangUp => Of<CallHungUp>().FirstOrDefault();

    public Instant? End
    {
        get
        {
            if (HangUp is not null || Cost is null)
            {
                return HangUp?.OccurredAt;
            }
            var billed = CarrierSeconds is { } seconds ? Answered + Duration.FromSeconds(seconds) : null;
            return billed < Cost.OccurredAt ? billed : Cost.OccurredAt;
        }
    }

    public long? CarrierSeconds => Cost?.BilledSeconds is >= 0 and < 1L << 31 ? Cost.BilledSeconds : null;

    public bool Machine => Of<MachineDetectionEnded>().LastOrDefault()?.Result is "machine" or "fax_detected";

    public bool Menu => facts.Exists(fact => fact is AssistantReported or GatherEnded { Digits: not "" });

    public bool Queued => facts.Exists(fact => fact is CallEnqueued or CallDequeued);

    public bool Automatic => Queued || facts.Exists(fact => fact is SpeakStarted or SpeakEnded or PlaybackStarted
        or PlaybackEnded or GatherEnded or AssistantReported or RecordingSaved or RecordingFailed
        or RecordingTranscribed);

    private CallCostReported? Cost =>
        Of<CallCostReported>().LastOrDefault(cost => cost.Total is not null) ?? Of<CallCostReported>().LastOrDefault();

    private List<TFact> Of<TFact>()
        where TFact : CallFact => [.. facts.OfType<TFact>().OrderBy(fact => fact.OccurredAt)];
}
