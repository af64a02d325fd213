using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Tests.Calls;

/// <summary>Facts of invented calls: what a carrier may tell, and what it should not.</summary>
public static class CallTraffic
{
    private static readonly Gen<string> Leg = Gen.Frequency((6, "a"), (3, "b"), (1, "c"));

    private static readonly Gen<string?> Cause = Gen.OneOf(
        null, "normal_clearing", "call_rejected", "user_busy", "no_answer", "originator_cancel", "not_found");

    private static readonly Gen<string?> Source = Gen.OneOf(null, "caller", "callee", "unknown");

    private static readonly Gen<string?> SipCode = Gen.OneOf(null, "unspecified", "200", "404", "480", "486", "503");

    private static readonly Gen<string?> Screening = Gen.OneOf(null, null, null, "spam_likely", "rejected", "BLOCK");

    private static readonly Gen<Money?> Amount = Gen.OneOf<Money?>(
        null, new Money(0m, ""), new Money(0.0m, ""), new Money(0.0106m, "USD"), new Money(0.01060m, "USD"),
        new Money(1.5m, "USD"), new Money(1.5m, "EUR"));

    /// <summary>
    /// One call of up to three legs. Most first legs start and most legs hang up; everything else, further starts and
    /// hang-ups included, is told as it comes.
    /// </summary>
    /// <param name="at">The instants told. Where two tellings differ but not in time, no definition decides.</param>
    public static Gen<CallFact[]> Call(Gen<Instant> at) => Gen.Select(
        Started(Gen.Const("a"), at), Fact(at).Array[1, 10], HungUp(Leg, Later(at)).Array[6], Gen.Int[0, 9],
        (start, facts, ends, luck) => Whole(luck > 0 ? [start, .. facts] : facts, luck > 2 ? ends : []));

    /// <summary>One fact of any kind that the ledger keeps of a leg.</summary>
    private static Gen<CallFact> Fact(Gen<Instant> at) => Gen.Frequency<CallFact>(
        (3, Started(Leg, at)),
        (4, Gen.Select(Leg, at, (leg, told) => (CallFact)new CallAnswered(leg, told))),
        (3, Gen.Select(Leg, at, (leg, told) => (CallFact)new CallBridged(leg, told))),
        (1, HungUp(Leg, at)),
        (2, Costed(at)),
        (2, Detected(at)),
        (2, Automatic(at)),
        (1, Gen.Select(Leg, at, Gen.Bool, (leg, told, joined) =>
            (CallFact)new ConferenceAttended(leg, told, "conference", joined))),
        (1, Gen.Select(Leg, at, (leg, told) => (CallFact)new DtmfReceived(leg, told, "1"))));

    private static CallFact[] Whole(CallFact[] facts, CallFact[] ends) =>
        [.. facts, .. ends.Where(end => facts.Any(fact => fact.LegId == end.LegId))];

    private static Gen<Instant> Later(Gen<Instant> at) =>
        Gen.Select(at, Gen.Int[0, 30], (told, seconds) => told + Duration.FromSeconds(seconds));

    private static Gen<CallFact> Started(Gen<string> leg, Gen<Instant> at) => Gen.Select(
        leg, at, Gen.OneOf("X>N", "N>X", "N>M", "X>Y"), Gen.Bool, Screening,
        (id, told, sides, incoming, screening) => (CallFact)Started(id, told, sides, incoming, screening));

    private static CallInitiated Started(string leg, Instant at, string sides, bool incoming, string? screening)
    {
        var own = incoming ? sides[2] : sides[0];
        return new CallInitiated(
            leg, at, incoming ? CallDirection.Incoming : CallDirection.Outgoing, Script.Number(sides[0]),
            Script.Number(sides[2]), own is 'M' or 'N' ? Script.Number(own) : null, "control", null, null, screening,
            null, []);
    }

    private static Gen<CallFact> HungUp(Gen<string> leg, Gen<Instant> at) => Gen.Select(
        leg, at, Cause, Source, SipCode, (id, told, cause, source, code) =>
            (CallFact)new CallHungUp(id, told, cause, source, code, null));

    private static Gen<CallFact> Costed(Gen<Instant> at) => Gen.Select(
        Leg, at, Amount, Gen.OneOf<long?>(null, 0, 6, 60, -1, long.MaxValue), (leg, told, total, seconds) =>
            (CallFact)new CallCostReported(leg, told, total is null ? "error" : "success", total, seconds, []));

    private static Gen<CallFact> Detected(Gen<Instant> at) => Gen.Select(
        Leg, at, Gen.OneOf("human", "machine", "not_sure", "fax_detected"), (leg, told, result) =>
            (CallFact)new MachineDetectionEnded(leg, told, result, false));

    private static Gen<CallFact> Automatic(Gen<Instant> at) => Gen.Select(Leg, at, Gen.Int[0, 11], (leg, told, kind) =>
        (CallFact)(kind switch
        {
            0 => new SpeakStarted(leg, told),
            1 => new PlaybackEnded(leg, told, null, "completed"),
            2 => new CallEnqueued(leg, told, "support", 1, null),
            3 => new CallDequeued(leg, told, "support", 1, "bridged", 7),
            4 => new RecordingSaved(leg, told, null, "dual", told, null, new Dictionary<string, string>()),
            5 => new RecordingSaved(leg, told, "r1", "dual", told, null, new Dictionary<string, string>()),
            6 => new AssistantReported(leg, told, "ai_gather.ended", null, null, null),
            7 => new RecordingFailed(leg, told, null),
            8 => new RecordingTranscribed(leg, told, null, null, null, "text"),
            9 => new GatherEnded(leg, told, "", "timeout"),
            10 => new GatherEnded(leg, told, "42", "valid"),
            _ => new GatherEnded(leg, told, "1", "valid"),
        }));
}
