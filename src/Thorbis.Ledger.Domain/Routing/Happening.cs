using NodaTime;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A leg by which a phone was rung before the call was taken.</summary>
/// <param name="Address">As <see cref="PhoneAddress.Of"/>.</param>
/// <param name="TakenAt">When it was joined with the caller's, unless by a machine.</param>
public sealed record RungLeg(string Address, Instant At, Instant? TakenAt);

/// <summary>What became of a call, as far as its legs show where it went.</summary>
/// <param name="Ended">All its legs have.</param>
/// <param name="Rung">In their order.</param>
/// <param name="Answered">The caller's leg was.</param>
/// <param name="Traits">Of the caller's leg.</param>
/// <param name="Message">Something was recorded after a prompt, and nobody talked.</param>
/// <param name="Queues">As the carrier names them: those that were left.</param>
/// <param name="End">Of the caller's leg.</param>
/// <param name="Screening">As the carrier told.</param>
public sealed record Happening(
    bool Ended, IReadOnlyList<RungLeg> Rung, bool Answered, LegTraits Traits, bool Message,
    IReadOnlyList<string> Queues, LegEnd? End, string? Screening)
{
    /// <summary>Spoken or played to, asked for a key, or talked with by an assistant.</summary>
    private const LegTraits Heard = LegTraits.Spoken | LegTraits.Played | LegTraits.Gathered | LegTraits.Assistant;

    /// <summary>Somebody talked, by a leg that tells where.</summary>
    public bool Taken => Rung.Any(leg => leg.TakenAt is not null);

    /// <summary>Somebody talked, and no leg tells where.</summary>
    public bool TakenUnseen => Rung.Count == 0 && Answered && (Traits & LegTraits.Automatic) == LegTraits.None;

    public bool Prompted => (Traits & Heard) != LegTraits.None;

    public bool Recorded => (Traits & LegTraits.Recorded) != LegTraits.None;

    public bool Queued => Queues.Count > 0 || (Traits & LegTraits.Queued) != LegTraits.None;

    /// <summary>The caller gave up before anything that can be seen had happened.</summary>
    public bool LeftEarly => !Answered && Rung.Count == 0 && !Queued
        && End is { Source: "caller" } or { Cause: "originator_cancel" };

    public bool Rejected => !Answered && Rung.Count == 0
        && (End?.Cause == "call_rejected" || Screened("reject") || Screened("block"));

    public bool Busy => !Answered && Rung.Count == 0
        && (End is { Cause: "user_busy" } or { SipCode: "486" or "600" });

    /// <summary>Not by the caller.</summary>
    public bool HungUp => Rung.Count == 0 && End is { Source: not "caller", Cause: not "originator_cancel" };

    internal static Happening Of(CallSides sides, IReadOnlyList<RungLeg> rung, Instant? ended)
    {
        var primary = sides.Primary;
        return new(
            ended is not null, rung, primary.AnsweredAt is not null || primary.BridgedAt is not null, primary.Traits,
            rung.All(leg => leg.TakenAt is null) && HasMessage(primary),
            [.. (primary.QueueWaits ?? []).Select(wait => wait.Queue)], primary.End, primary.Start!.Screening);
    }

    /// <summary>Legs out, until one is joined: who is called later is called by whom the caller talks to.</summary>
    internal static List<RungLeg> LegsOf(CallSides sides)
    {
        var legs = sides.Line
            .Where(leg => leg.LegId != sides.Primary.LegId && leg.Start is { Direction: CallDirection.Outgoing })
            .OrderBy(leg => leg.Start!.At).ThenBy(leg => leg.LegId, StringComparer.Ordinal)
            .Select(leg => new RungLeg(
                PhoneAddress.Of(leg.Start!.To), leg.Start.At, leg.TakenByMachine ? null : leg.BridgedAt)).ToList();
        var taken = legs.Where(leg => leg.TakenAt is not null).Min(leg => leg.TakenAt) ?? Instant.MaxValue;
        return legs.FindAll(leg => leg.At <= taken);
    }

    private static bool HasMessage(Leg primary) => (primary.Recordings ?? []).Any(
        recording => (primary.Prompts ?? []).Any(prompt => prompt.At <= (recording.StartedAt ?? recording.At)));

    private bool Screened(string word) => Screening?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
