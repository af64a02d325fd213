using System.Globalization;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Tests.Calls;

/// <summary>
/// A call in one line: <c>in@0 answer@2 b:out@3 b:bridge@9.5 hangup@60/caller/normal_clearing</c>. A word is
/// <c>leg:fact@seconds/more</c>; without a leg it is leg a. Numbers: X and Y are strangers, M and N the company's.
/// </summary>
internal static class Script
{
    /// <summary>Noon of a winter day, so that no test of calls meets a clock change.</summary>
    public static readonly Instant Start = Instant.FromUtc(2026, 1, 15, 12, 0);

    public static CallView View(string script) => Fold(Facts(script)).ToView("call");

    public static Call Fold(IEnumerable<CallFact> facts) => facts.Aggregate((Call?)null, Call.Evolve)!;

    public static IEnumerable<CallFact> Facts(string script) => script.Split(' ').Select(Fact);

    public static Instant At(decimal seconds) => Start + Duration.FromTicks((double)(seconds * 10_000_000));

    public static string Number(char name) => name switch
    {
        'M' => "+12025550101",
        'N' => "+12025550100",
        'X' => "+442071838750",
        _ => "+493023125000",
    };

    private static CallFact Fact(string word)
    {
        var (leg, rest) = word.Split(':') is [var name, var more] ? (name, more) : ("a", word);
        var parts = rest.Split('/');
        var head = parts[0].Split('@');
        return Fact(leg, head[0], At(decimal.Parse(head[1], CultureInfo.InvariantCulture)), parts);
    }

    private static CallFact Fact(string leg, string fact, Instant at, string[] parts) => fact switch
    {
        "in" => Started(leg, at, CallDirection.Incoming, parts),
        "out" => Started(leg, at, CallDirection.Outgoing, parts),
        "answer" => new CallAnswered(leg, at),
        "bridge" => new CallBridged(leg, at),
        "join" => new ConferenceAttended(leg, at, "conference", true),
        "hangup" => new CallHungUp(leg, at, Word(parts, 2), Word(parts, 1), Word(parts, 3), null),
        "amd" => new MachineDetectionEnded(leg, at, parts[1], false),
        "cost" => Cost(leg, at, parts),
        _ => Automatic(leg, fact, at, parts),
    };

    private static CallFact Automatic(string leg, string fact, Instant at, string[] parts) => fact switch
    {
        "speak" => new SpeakStarted(leg, at),
        "play" => new PlaybackStarted(leg, at, null),
        "gather" => new GatherEnded(leg, at, Word(parts, 1) ?? "", "valid"),
        "ai" => new AssistantReported(leg, at, "ai_gather.ended", null, null, null),
        "enqueue" => new CallEnqueued(leg, at, "support", 1, null),
        "dequeue" => new CallDequeued(
            leg, at, "support", 1, "leave", Word(parts, 1) is { } wait ? long.Parse(wait) : 7),
        "recordfail" => new RecordingFailed(leg, at, null),
        "transcribe" => new RecordingTranscribed(leg, at, null, null, null, "text"),
        "record" => new RecordingSaved(
            leg, at, Word(parts, 1), "single", Word(parts, 2) is { } start ? At(decimal.Parse(start)) : null, null,
            new Dictionary<string, string>()),
        "dtmf" => new DtmfReceived(leg, at, "1"),
        _ => throw new ArgumentException(fact),
    };

    // in@0/X>N/screening
    private static CallInitiated Started(string leg, Instant at, CallDirection direction, string[] parts)
    {
        var incoming = direction == CallDirection.Incoming;
        var sides = Word(parts, 1) ?? (incoming ? "X>N" : leg == "a" ? "N>X" : "X>Y");
        var own = incoming ? sides[2] : sides[0];
        return new CallInitiated(
            leg, at, direction, Number(sides[0]), Number(sides[2]), own is 'M' or 'N' ? Number(own) : null, "control",
            null, null, Word(parts, 2), null, []);
    }

    // cost@61/0.0106/60/USD, or cost@61 for a calculation that failed
    private static CallCostReported Cost(string leg, Instant at, string[] parts) => Word(parts, 1) is not { } total
        ? new CallCostReported(leg, at, "error", null, null, [])
        : new CallCostReported(
            leg, at, "success", new Money(decimal.Parse(total, CultureInfo.InvariantCulture), Word(parts, 3) ?? "USD"),
            Word(parts, 2) is { } seconds ? long.Parse(seconds, CultureInfo.InvariantCulture) : null, []);

    private static string? Word(string[] parts, int place) =>
        parts.Length > place && parts[place] != "" ? parts[place] : null;
}
