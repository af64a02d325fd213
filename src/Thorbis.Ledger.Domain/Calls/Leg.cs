using System.Text.Json.Serialization;
using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>What ran on a leg, or was told of it.</summary>
[Flags]
public enum LegTraits
{
    None = 0,
    Spoken = 1,
    Played = 2,
    Gathered = 4,

    /// <summary>A gather ended with at least one digit: a menu was used.</summary>
    MenuKey = 8,
    Assistant = 16,
    Queued = 32,
    Recorded = 64,
    Dtmf = 128,

    /// <summary>What a machine of ours does with a caller: nobody need be there.</summary>
    Automatic = Spoken | Played | Gathered | Assistant | Queued | Recorded,
}

/// <summary>One leg of a call, folded from its facts.</summary>
/// <param name="LegId">Telnyx's <c>call_leg_id</c>.</param>
/// <param name="LastFactAt">Latest instant told of the leg.</param>
public sealed record Leg(string LegId, Instant LastFactAt) : IKeyed<Leg>
{
    /// <summary>The earliest <c>call.initiated</c>; null until it is known.</summary>
    public LegStart? Start { get; init; }

    public Instant? AnsweredAt { get; init; }

    /// <summary>First bridge; joining a conference is one.</summary>
    public Instant? BridgedAt { get; init; }

    /// <summary>The earliest hang-up; null until it is known.</summary>
    public LegEnd? End { get; init; }

    /// <summary>The latest cost report that tells an amount; without one, the latest at all.</summary>
    public LegCost? Cost { get; init; }

    /// <summary>The latest word of machine detection.</summary>
    public LegDetection? Detection { get; init; }

    [JsonConverter(typeof(JsonNumberEnumConverter<LegTraits>))]
    public LegTraits Traits { get; init; }

    /// <summary>Null where there are none.</summary>
    public IReadOnlyList<QueueWait>? QueueWaits { get; init; }

    /// <summary>Null where there are none.</summary>
    public IReadOnlyList<Recording>? Recordings { get; init; }

    /// <summary>Null where there are none.</summary>
    public IReadOnlyList<MenuKey>? MenuKeys { get; init; }

    /// <summary>Null where there are none.</summary>
    public IReadOnlyList<Prompt>? Prompts { get; init; }

    /// <summary>Told by the carrier's cost report, of time or of money.</summary>
    [JsonIgnore]
    public bool Billed => Cost is { BilledSeconds: > 0 } or { Total.Amount: > 0 };

    /// <summary>
    /// The hang-up. Where only a cost report tells that the leg is over: its answer and the billed seconds, or the
    /// report's own instant if that is earlier or either is missing. Null while nothing tells of an end.
    /// </summary>
    [JsonIgnore]
    public Instant? EndedAt => End?.At ?? CostedEnd;

    /// <summary>Detection says that a machine took the leg; <c>not_sure</c> and <c>silence</c> do not.</summary>
    [JsonIgnore]
    public bool TakenByMachine => Detection?.Result is "machine" or "fax_detected";

    string IKeyed<Leg>.Key => LegId;

    private Instant? CostedEnd
    {
        get
        {
            if (Cost is null || AnsweredAt is not { } answered || Cost.BilledSeconds is not { } seconds)
            {
                return Cost?.At;
            }
            var billed = answered + Duration.FromSeconds(seconds);
            return billed < Cost.At ? billed : Cost.At;
        }
    }

    Leg IKeyed<Leg>.Merge(Leg other) => other;
}

/// <param name="At">Occurred-at of <c>call.initiated</c>.</param>
/// <param name="From">E.164, a SIP address or <c>anonymous</c>, as the carrier wrote it.</param>
/// <param name="OwnNumber">The company's number on this leg, E.164; null on legs known by their session only.</param>
public sealed record LegStart(
    Instant At, CallDirection Direction, string From, string To, string? OwnNumber, string? ConnectionId,
    string? CallerName, string? Screening, string? Attestation) : ITold
{
    /// <summary>Of the own number, as the carrier told; null where it told none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    string ITold.Content() => Registers.Content(
        Direction, From, To, OwnNumber, ConnectionId, CallerName, Screening, Attestation)
        + (Tags is null ? "" : Registers.List(Tags));
}

/// <param name="At">Occurred-at of <c>call.hangup</c>.</param>
/// <param name="Source"><c>caller</c>, <c>callee</c>, <c>unknown</c>, or null when not told.</param>
public sealed record LegEnd(Instant At, string? Cause, string? Source, string? SipCode, CallQuality? Quality) : ITold
{
    string ITold.Content() => Registers.Content(
        Cause, Source, SipCode, Quality?.InboundMos, Quality?.InboundJitterMaxVariance, Quality?.InboundPackets,
        Quality?.InboundSkippedPackets, Quality?.OutboundPackets, Quality?.OutboundSkippedPackets, Quality is null);
}

/// <param name="At">Occurred-at of the report.</param>
/// <param name="BilledSeconds">As told; null also where no call lasts so long (negative, over 68 years).</param>
public sealed record LegCost(
    Instant At, string Status, Money? Total, int? BilledSeconds, IReadOnlyList<CallCostPart> Parts) : ITold
{
    string ITold.Content()
    {
        var content = Registers.Content(Status, Total, BilledSeconds);
        foreach (var part in Parts)
        {
            content += Registers.Content(part.Part, part.Cost, part.Rate, part.BilledSeconds);
        }
        return content;
    }
}

/// <param name="Result"><c>human</c>, <c>machine</c>, <c>not_sure</c>, and the premium detector's words.</param>
public sealed record LegDetection(Instant At, string Result, bool Premium) : ITold
{
    string ITold.Content() => Registers.Content(Result, Premium);
}
