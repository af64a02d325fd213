using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>Times and amounts over the legs of a call.</summary>
internal static class LegSums
{
    public static Instant? AnsweredAt(IReadOnlyList<Leg> legs)
    {
        Instant? first = null;
        foreach (var leg in legs)
        {
            first = leg.AnsweredAt is { } at ? Registers.Earliest(first, at) : first;
        }
        return first;
    }

    /// <summary>First bridge, or the answer of a single leg, to the end of the call; microseconds.</summary>
    public static long Talk(IReadOnlyList<Leg> legs, Instant end)
    {
        Instant? begin = null;
        foreach (var leg in legs)
        {
            begin = leg.BridgedAt is { } at ? Registers.Earliest(begin, at) : begin;
        }
        return Microseconds(begin ?? (legs.Count == 1 ? legs[0].AnsweredAt : null), end);
    }

    /// <summary>Start to answer of the primary leg, or to the end of the call; microseconds.</summary>
    public static long Ring(Leg primary, Instant? end) =>
        Microseconds(primary.Start!.At, primary.AnsweredAt ?? end);

    /// <summary>Whole seconds; a leg billed without an answer counts what the carrier billed.</summary>
    public static long Billable(IReadOnlyList<Leg> legs)
    {
        var seconds = 0L;
        foreach (var leg in legs)
        {
            seconds += leg.AnsweredAt is null
                ? leg.Cost?.BilledSeconds ?? 0
                : (Microseconds(leg.AnsweredAt, leg.EndedAt) + 999_999) / 1_000_000;
        }
        return seconds;
    }

    public static bool BilledUnanswered(IReadOnlyList<Leg> legs)
    {
        foreach (var leg in legs)
        {
            if (leg.AnsweredAt is null && leg.Billed)
            {
                return true;
            }
        }
        return false;
    }

    public static long? CarrierBilled(IReadOnlyList<Leg> legs)
    {
        long? seconds = null;
        foreach (var leg in legs)
        {
            seconds = leg.Cost?.BilledSeconds is { } billed ? (seconds ?? 0) + billed : seconds;
        }
        return seconds;
    }

    /// <summary>A zero takes part whatever its currency: carriers give none for unanswered legs.</summary>
    public static Money? Cost(IReadOnlyList<Leg> legs)
    {
        Money? sum = null;
        foreach (var leg in legs)
        {
            if (leg.Cost?.Total is not { } told)
            {
                continue;
            }
            sum = sum is null ? told : sum.Plus(told);
            if (sum is null)
            {
                return null;
            }
        }
        return sum;
    }

    public static int Recordings(IReadOnlyList<Leg> legs)
    {
        var count = 0;
        foreach (var leg in legs)
        {
            count += leg.Recordings?.Count ?? 0;
        }
        return count;
    }

    /// <summary>Whole seconds in queues, as told when they were left; null when nothing was told. What no queue
    /// lasts (negative, over 68 years) is left out.</summary>
    public static long? QueueSeconds(IReadOnlyList<Leg> legs)
    {
        long? seconds = null;
        foreach (var leg in legs)
        {
            foreach (var stay in leg.QueueWaits ?? [])
            {
                seconds = stay.WaitSeconds is >= 0 and <= int.MaxValue and var told ? (seconds ?? 0) + told : seconds;
            }
        }
        return seconds;
    }

    /// <summary>Each single key that was pressed in a menu, once, in the order of their characters.</summary>
    public static string MenuKeys(Leg primary) => primary.MenuKeys is { } keys
        ? string.Concat(keys.Select(key => key.Digit).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        : "";

    /// <summary>0 where either is not known, or they are the other way round.</summary>
    public static long Microseconds(Instant? from, Instant? until) =>
        from is { } begin && until is { } end && end > begin ? (end - begin).BclCompatibleTicks / 10 : 0;
}
