namespace Thorbis.Ledger.Domain.Calls;

/// <summary>The outcome of an ended call: the first condition that holds, as docs/glossary.md lists them.</summary>
internal static class OutcomeReading
{
    /// <param name="primary">Started; decides the direction.</param>
    /// <param name="line">The legs without the echo of a call between two own numbers.</param>
    public static CallOutcome Of(Leg primary, IReadOnlyList<Leg> line) =>
        primary.Start!.Direction == CallDirection.Incoming ? Incoming(primary, line) : Outgoing(primary);

    private static CallOutcome Incoming(Leg primary, IReadOnlyList<Leg> line)
    {
        if (Blocked(primary))
        {
            return CallOutcome.Blocked;
        }
        if (Answered(primary, line))
        {
            return CallOutcome.Answered;
        }
        // Voicemail stands here in the order; nothing tells of it yet.
        if (SelfServed(primary, line))
        {
            return CallOutcome.SelfServed;
        }
        if (primary.End is not ({ Source: "caller" } or { Cause: "originator_cancel" }))
        {
            return CallOutcome.Unanswered;
        }
        return primary.End.At - primary.Start!.At <= CallView.ShortFor ? CallOutcome.Short : CallOutcome.Abandoned;
    }

    private static bool Blocked(Leg primary) =>
        primary.AnsweredAt is null
        && (primary.End?.Cause == "call_rejected" || Says(primary, "reject") || Says(primary, "block"));

    private static bool Says(Leg leg, string word) =>
        leg.Start!.Screening?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Bridged legs beside the primary decide; else its own bridge; else a plain single leg.</summary>
    private static bool Answered(Leg primary, IReadOnlyList<Leg> line)
    {
        var machines = 0;
        foreach (var leg in line)
        {
            if (leg == primary || leg.BridgedAt is null)
            {
                continue;
            }
            if (!leg.TakenByMachine)
            {
                return true;
            }
            machines++;
        }
        return machines == 0 && (primary.BridgedAt is not null || (line.Count == 1
            && primary.AnsweredAt is not null && (primary.Traits & LegTraits.Automatic) == LegTraits.None));
    }

    /// <summary>A menu key was pressed or an assistant spoke, nobody else was tried, and we ended it.</summary>
    private static bool SelfServed(Leg primary, IReadOnlyList<Leg> line) =>
        line.Count == 1 && primary.End?.Source == "callee"
        && (primary.Traits & (LegTraits.MenuKey | LegTraits.Assistant)) != LegTraits.None
        && (primary.Traits & LegTraits.Queued) == LegTraits.None;

    private static CallOutcome Outgoing(Leg primary)
    {
        if (primary.AnsweredAt is not null)
        {
            return primary.TakenByMachine ? CallOutcome.Machine : CallOutcome.Connected;
        }
        return primary.End?.Cause switch
        {
            "user_busy" => CallOutcome.Busy,
            "no_answer" or "timeout" or "originator_cancel" => CallOutcome.Unanswered,
            null or "normal_clearing" or "call_rejected" => BySip(primary.End?.SipCode),
            _ => CallOutcome.Failed,
        };
    }

    /// <summary>The SIP answer decides where the cause does not: busy, nobody, or a call that cannot be made.</summary>
    private static CallOutcome BySip(string? code) => code switch
    {
        "486" or "600" => CallOutcome.Busy,
        "408" or "480" or "487" or "603" => CallOutcome.Unanswered,
        ['4' or '5' or '6', >= '0' and <= '9', >= '0' and <= '9'] => CallOutcome.Failed,
        _ => CallOutcome.Unanswered,
    };
}
