using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A call that was, as far as routing asks.</summary>
/// <param name="Known">What the call itself tells: numbers, instant, tags, keys. The rest is not known.</param>
/// <param name="What">What became of it.</param>
/// <param name="Talk">Microseconds from the bridge, or a plain leg's answer, to the end; 0 while it goes on.</param>
/// <param name="Stays">Where phones were held, each leg for itself.</param>
public sealed record RecordedCall(CallSituation Known, Happening What, long Talk, IReadOnlyList<PhoneStay> Stays)
{
    /// <returns>Null until the start of a leg is known.</returns>
    public static RecordedCall? Of(Call call)
    {
        if (CallReading.Sides(call.Legs) is not { } sides)
        {
            return null;
        }
        var ended = CallReading.EndedAt(call.Legs);
        var (primary, start) = (sides.Primary, sides.Primary.Start!);
        var rung = Happening.LegsOf(sides);
        return new(
            new(start.OwnNumber ?? start.To, start.From, start.Direction, start.At)
            {
                Tags = start.Tags,
                Pressed = Pressed(primary, rung),
            },
            Happening.Of(sides, rung, ended), ended is { } end ? LegSums.Talk(sides.Line, end) : 0, Stay(call.Legs));
    }

    // Keys that are pressed while somebody is talked to, as in a survey, lead nowhere.
    private static MenuInput[] Pressed(Leg primary, IReadOnlyList<RungLeg> rung)
    {
        var taken = rung.Where(leg => leg.TakenAt is not null).Min(leg => leg.TakenAt) ?? Instant.MaxValue;
        return
        [
            .. (primary.MenuKeys ?? []).Where(key => key.At <= taken).OrderBy(key => key.At).Select(
                key => key.Digit is [var digit] ? MenuInput.Press(digit) : MenuInput.Masked),
        ];
    }

    private static List<PhoneStay> Stay(IReadOnlyList<Leg> legs)
    {
        var stays = new List<PhoneStay>(legs.Count);
        foreach (var leg in legs)
        {
            if (leg.Start is { } start)
            {
                stays.Add(new(
                    PhoneAddress.Of(start.Direction == CallDirection.Incoming ? start.From : start.To), start.At,
                    leg.EndedAt ?? leg.LastFactAt + CallView.InProgressFor));
            }
        }
        return stays;
    }
}

/// <summary>A phone that rings or is talked on.</summary>
/// <param name="Address">As <see cref="PhoneAddress.Of"/>.</param>
/// <param name="Until">Exclusive.</param>
public readonly record struct PhoneStay(string Address, Instant From, Instant Until);

/// <summary>Where a phone rings, in one way of writing.</summary>
public static class PhoneAddress
{
    /// <summary>E.164 where it can be; else a SIP address in small letters and without parameters.</summary>
    public static string Of(string text) =>
        PhoneNumber.Normalize(text) ?? text.Split(';')[0].Trim().ToLowerInvariant();
}
