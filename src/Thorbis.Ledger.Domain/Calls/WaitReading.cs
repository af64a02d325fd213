using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>How long a caller waited; the words are those of docs/glossary.md.</summary>
internal static class WaitReading
{
    /// <summary>From the last menu key, else from the start, to what ended the wait.</summary>
    /// <param name="primary">Started.</param>
    /// <param name="line">The legs without the echo of a call between two own numbers.</param>
    /// <returns>Microseconds, 0 or more. Null for outcomes that no wait is defined for, and for a voicemail of which
    /// no greeting was told.</returns>
    public static long? Of(Leg primary, IReadOnlyList<Leg> line, CallOutcome outcome)
    {
        var end = outcome switch
        {
            CallOutcome.Answered => TakenAt(primary, line),
            CallOutcome.Abandoned => primary.End?.At,
            CallOutcome.Voicemail => GreetedAt(primary),
            _ => null,
        };
        return end is { } until
            ? LegSums.Microseconds(LastKey(primary, until) ?? primary.Start!.At, until)
            : null;
    }

    /// <summary>
    /// The first bridge of another leg that no machine took, else the caller's own, else the answer of a plain leg:
    /// what made the call answered.
    /// </summary>
    private static Instant? TakenAt(Leg primary, IReadOnlyList<Leg> line)
    {
        Instant? taken = null;
        foreach (var leg in line)
        {
            taken = leg == primary || leg.TakenByMachine ? taken : Registers.Earliest(taken, leg.BridgedAt);
        }
        return taken ?? primary.BridgedAt ?? primary.AnsweredAt;
    }

    /// <summary>The last prompt before the last recording, which is the message, began.</summary>
    private static Instant? GreetedAt(Leg primary)
    {
        Instant? message = null;
        foreach (var recording in primary.Recordings ?? [])
        {
            message = Registers.Latest(message, recording.StartedAt ?? recording.At);
        }
        Instant? greeting = null;
        foreach (var prompt in primary.Prompts ?? [])
        {
            greeting = message < prompt.At ? greeting : Registers.Latest(greeting, prompt.At);
        }
        return greeting;
    }

    // Keys that were pressed later, such as in a survey after the talk, take nothing from the wait.
    private static Instant? LastKey(Leg primary, Instant until)
    {
        Instant? last = null;
        foreach (var key in primary.MenuKeys ?? [])
        {
            last = key.At > until ? last : Registers.Latest(last, key.At);
        }
        return last;
    }
}
