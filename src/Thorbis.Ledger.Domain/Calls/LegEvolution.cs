namespace Thorbis.Ledger.Domain.Calls;

/// <summary>How a leg takes in its facts.</summary>
internal static class LegEvolution
{
    public static Leg Evolve(Leg? known, CallFact fact)
    {
        var leg = known ?? new Leg(fact.LegId, fact.OccurredAt);
        leg = leg with { LastFactAt = Registers.Latest(leg.LastFactAt, fact.OccurredAt) };
        return fact switch
        {
            CallInitiated start => leg with { Start = Registers.Earliest(leg.Start, Start(start)) },
            CallAnswered => leg with { AnsweredAt = Registers.Earliest(leg.AnsweredAt, fact.OccurredAt) },
            CallBridged or ConferenceAttended { Joined: true } =>
                leg with { BridgedAt = Registers.Earliest(leg.BridgedAt, fact.OccurredAt) },
            CallHungUp end => leg with { End = Registers.Earliest(leg.End, End(end)) },
            CallCostReported cost => leg with { Cost = Better(leg.Cost, Cost(cost)) },
            MachineDetectionEnded found => leg with
            {
                Detection = Registers.Latest(
                    leg.Detection, new LegDetection(found.OccurredAt, found.Result, found.Premium)),
            },
            _ => Automatic(leg with { Traits = leg.Traits | Trait(fact) }, fact),
        };
    }

    private static Leg Automatic(Leg leg, CallFact fact) => fact switch
    {
        CallDequeued left => Dequeued(leg, left),
        RecordingSaved saved => Recorded(leg, saved),
        GatherEnded { Digits.Length: > 0 } gathered =>
            leg with { MenuKeys = Registers.With(leg.MenuKeys, MenuKey.Of(gathered)) },
        SpeakStarted or PlaybackStarted =>
            leg with { Prompts = Registers.With(leg.Prompts, new Prompt(fact.OccurredAt)) },
        _ => leg,
    };

    private static LegStart Start(CallInitiated fact) => new(
        fact.OccurredAt, fact.Direction, fact.From, fact.To, fact.OwnNumber, fact.ConnectionId, fact.CallerName,
        fact.Screening, fact.Attestation)
    {
        Tags = fact.Tags is { Count: > 0 } tags ? tags : null,
    };

    private static LegEnd End(CallHungUp fact) =>
        new(fact.OccurredAt, fact.Cause, fact.Source, fact.SipCode, fact.Quality);

    private static LegCost Cost(CallCostReported fact) => new(
        fact.OccurredAt, fact.Status, fact.Total,
        fact.BilledSeconds is >= 0 and <= int.MaxValue ? (int)fact.BilledSeconds : null, fact.Parts);

    // A failed calculation says nothing of the amount, so it never hides one, whichever came later.
    private static LegCost Better(LegCost? known, LegCost told) =>
        known is null || (known.Total is null) == (told.Total is null)
            ? Registers.Latest(known, told)
            : known.Total is null ? told : known;

    private static Leg Dequeued(Leg leg, CallDequeued fact) => leg with
    {
        QueueWaits = Registers.With(
            leg.QueueWaits, new QueueWait(fact.OccurredAt, fact.Queue, fact.Reason, fact.WaitSeconds)),
    };

    private static Leg Recorded(Leg leg, RecordingSaved fact) => leg with
    {
        Recordings = Registers.With(
            leg.Recordings,
            new Recording(fact.OccurredAt, fact.RecordingId, fact.Channels, fact.StartedAt, fact.EndedAt)),
    };

    private static LegTraits Trait(CallFact fact) => fact switch
    {
        SpeakStarted or SpeakEnded => LegTraits.Spoken,
        PlaybackStarted or PlaybackEnded => LegTraits.Played,
        GatherEnded { Digits.Length: > 0 } => LegTraits.Gathered | LegTraits.MenuKey,
        GatherEnded => LegTraits.Gathered,
        AssistantReported => LegTraits.Assistant,
        CallEnqueued or CallDequeued => LegTraits.Queued,
        RecordingSaved or RecordingFailed or RecordingTranscribed => LegTraits.Recorded,
        DtmfReceived => LegTraits.Dtmf,
        _ => LegTraits.None,
    };
}
