using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>What the folded legs of a call mean together; the words are those of docs/glossary.md.</summary>
/// <remarks>
/// Primary leg: the earliest started own leg (tie: leg id), except between two numbers of the company, where it is
/// the incoming side. The outgoing side of such a call is the same line seen from the other end, its <em>echo</em>:
/// it is billed like any leg, but takes no part in outcome and talk.
/// </remarks>
internal static class CallReading
{
    public static CallView View(Call call, string callId)
    {
        var end = EndedAt(call.Legs);
        var view = new CallView(
            callId, null, null, null, false, call.FirstFactAt, LegSums.AnsweredAt(call.Legs), end,
            LastFactAt(call.Legs, end), null, 0, 0, 0, LegSums.Cost(call.Legs), LegSums.CarrierBilled(call.Legs),
            false, null, null, call.Legs.Count, LegSums.Recordings(call.Legs), null, null, "");
        return Sides(call.Legs) is { } sides ? Started(view, call.Legs, sides) : view;
    }

    /// <summary>Null until the start of a leg is known.</summary>
    public static Leg? Primary(IReadOnlyList<Leg> legs) => Sides(legs)?.Primary;

    /// <summary>Null until the start of a leg is known.</summary>
    public static CallSides? Sides(IReadOnlyList<Leg> legs)
    {
        if (Earliest(legs) is not { } earliest)
        {
            return null;
        }
        var other = OtherSide(legs, earliest);
        var primary = other?.Start!.Direction == CallDirection.Incoming ? other : earliest;
        return new(
            earliest, primary, other is not null,
            other is null ? legs : Without(legs, primary == other ? earliest : other));
    }

    private static CallView Started(CallView view, IReadOnlyList<Leg> legs, CallSides sides)
    {
        var (primary, start) = (sides.Primary, sides.Primary.Start!);
        view = view with
        {
            Direction = start.Direction,
            Number = start.OwnNumber,
            Party = start.Direction == CallDirection.Incoming ? start.From : start.To,
            Internal = sides.Internal,
            UsageAt = sides.Earliest.Start!.At,
            RingMicroseconds = LegSums.Ring(primary, view.EndedAt),
            HangupCause = primary.End?.Cause,
            HangupSource = primary.End?.Source,
            MenuKeys = LegSums.MenuKeys(primary),
        };
        return view.EndedAt is { } end ? Ended(view, legs, primary, sides.Line, end) : view;
    }

    private static CallView Ended(
        CallView view, IReadOnlyList<Leg> legs, Leg primary, IReadOnlyList<Leg> line, Instant end)
    {
        var outcome = OutcomeReading.Of(primary, line);
        return view with
        {
            Outcome = outcome,
            TalkMicroseconds = LegSums.Talk(line, end),
            BillableSeconds = LegSums.Billable(legs),
            BilledUnanswered = LegSums.BilledUnanswered(legs),
            WaitMicroseconds = WaitReading.Of(primary, line, outcome),
            QueueSeconds = LegSums.QueueSeconds(line),
        };
    }

    private static Leg? Earliest(IReadOnlyList<Leg> legs)
    {
        Leg? earliest = null;
        foreach (var leg in legs)
        {
            if (leg.Start is not null && (earliest is null || leg.Start.At < earliest.Start!.At))
            {
                earliest = leg;
            }
        }
        return earliest;
    }

    /// <summary>The leg that is the other end of this one: both ends are numbers of the company.</summary>
    private static Leg? OtherSide(IReadOnlyList<Leg> legs, Leg one)
    {
        if (legs.Count == 1)
        {
            return null;
        }
        Leg? other = null;
        foreach (var leg in legs)
        {
            if (leg.Start is not null && Joined(one.Start!, leg.Start)
                && (other is null || leg.Start.At < other.Start!.At))
            {
                other = leg;
            }
        }
        return other;
    }

    private static bool Joined(LegStart one, LegStart other) =>
        one.Direction != other.Direction && one.OwnNumber is not null && other.OwnNumber is not null
        && PhoneNumber.Normalize(one.From) is { } from && from == PhoneNumber.Normalize(other.From)
        && PhoneNumber.Normalize(one.To) is { } to && to == PhoneNumber.Normalize(other.To);

    private static List<Leg> Without(IReadOnlyList<Leg> legs, Leg left)
    {
        var line = new List<Leg>(legs.Count - 1);
        foreach (var leg in legs)
        {
            if (leg != left)
            {
                line.Add(leg);
            }
        }
        return line;
    }

    /// <summary>The last hang-up, once every leg has one; null before.</summary>
    public static Instant? EndedAt(IReadOnlyList<Leg> legs)
    {
        Instant? last = null;
        foreach (var leg in legs)
        {
            if (leg.EndedAt is not { } end)
            {
                return null;
            }
            last = Registers.Latest(last, end);
        }
        return last;
    }

    private static Instant LastFactAt(IReadOnlyList<Leg> legs, Instant? end)
    {
        var last = Instant.MinValue;
        foreach (var leg in legs)
        {
            if (end is not null || leg.EndedAt is null)
            {
                last = Instant.Max(last, leg.LastFactAt);
            }
        }
        return last;
    }
}

/// <param name="Earliest">Leg that began first.</param>
/// <param name="Primary">Leg that decides what the call is.</param>
/// <param name="Internal">Both ends are numbers of the company.</param>
/// <param name="Line">The legs without the echo.</param>
internal readonly record struct CallSides(Leg Earliest, Leg Primary, bool Internal, IReadOnlyList<Leg> Line);
