using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>When a company is open, and where its calls go when it is not. What it says of an instant is
/// <see cref="Timetable"/>'s to tell.</summary>
/// <param name="Zone">IANA zone on whose clock all times are.</param>
/// <param name="Week">In any order, none overlapping; empty is never open.</param>
/// <param name="AfterHours">Where calls go while it is closed and no holiday says otherwise.</param>
/// <param name="Holidays">Where several have the same date, the first of them governs it.</param>
public sealed record Schedule(
    string Name, string Zone, IReadOnlyList<OpenRange> Week, Destination AfterHours, IReadOnlyList<Holiday> Holidays)
{
    /// <summary>They say the same: lists are compared by what is in them.</summary>
    public bool Equals(Schedule? other) =>
        other is not null && Name == other.Name && Zone == other.Zone && AfterHours == other.AfterHours
        && Week.SequenceEqual(other.Week) && Holidays.SequenceEqual(other.Holidays);

    public override int GetHashCode() => HashCode.Combine(Name, Zone, AfterHours, Week.Count, Holidays.Count);

    /// <summary>The same with the ranges of one weekday in place of those of others. Ranges past midnight may then
    /// overlap the next day's: <see cref="ScheduleRules"/> says so.</summary>
    public Schedule CopyDay(IsoDayOfWeek from, params IReadOnlyCollection<IsoDayOfWeek> to)
    {
        var others = to.Where(day => day != from).Distinct().ToList();
        var copied = Week.Where(range => range.Day == from)
            .SelectMany(range => others.Select(day => range with { Day = day }));
        return this with { Week = InOrder([.. Week.Where(range => !others.Contains(range.Day)), .. copied]) };
    }

    /// <summary>By weekday and start.</summary>
    internal static IReadOnlyList<OpenRange> InOrder(IEnumerable<OpenRange> week) =>
        [.. week.OrderBy(range => range.Day).ThenBy(range => range.Start).ThenBy(range => range.End)];
}

/// <summary>Open from a time of a weekday up to another, half open. It belongs to the weekday it begins on, also with
/// what lies past midnight.</summary>
/// <param name="Start">Inclusive, before <c>24:00</c>.</param>
/// <param name="End">Exclusive, up to <c>48:00</c>.</param>
public sealed record OpenRange(IsoDayOfWeek Day, ClockTime Start, ClockTime End);
