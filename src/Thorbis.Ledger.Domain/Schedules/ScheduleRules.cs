using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Which schedules can be taken. Fields are paths such as <c>week[3].end</c>, as in its JSON.</summary>
public static class ScheduleRules
{
    /// <summary>Of a week.</summary>
    public const int RangesMax = 200;
    public const int HolidaysMax = 200;

    /// <summary>Of all holidays of a schedule, in a year: long ranges are a few, not hundreds.</summary>
    public const int DatesMax = 4_000;

    /// <summary>Of the hours of one holiday.</summary>
    public const int OwnRangesMax = 20;

    /// <summary>Of a schedule, and of a holiday.</summary>
    public const int NameLengthMax = 100;

    private const int WeekMinutes = 7 * 24 * 60;

    /// <summary>The first thing that cannot be taken; null when all can. JSON may have left out anything, so nothing is
    /// taken for present.</summary>
    public static Refusal? Refuse(Schedule schedule) =>
        CheckName(schedule.Name, "name")
        ?? (IsZone(schedule.Zone)
            ? null
            : Refusal.Of("zone", $"'{schedule.Zone}' is no zone of the tz database, such as America/New_York."))
        ?? CheckWeek(schedule.Week)
        ?? Texts.Destination(schedule.AfterHours, "afterHours")
        ?? CheckHolidays(schedule.Holidays);

    internal static Refusal? CheckName(string? name, string field) =>
        string.IsNullOrWhiteSpace(name) || name.Length > NameLengthMax || name.Any(char.IsControl)
            ? Refusal.Of(field, $"Expected a name of 1 to {NameLengthMax} characters.")
            : null;

    /// <summary>The first of some ranges of one day that cannot be taken.</summary>
    internal static Refusal? CheckRange(ClockTime start, ClockTime end, string field) =>
        start < ClockTime.Midnight || start >= ClockTime.EndOfDay
            ? Refusal.Of($"{field}.start", $"{start} is not from 00:00 to 23:59: a range begins on its day.")
        : end <= start ? Refusal.Of(
            $"{field}.end", $"{end} is not after {start}; past midnight clocks go on: 02:00 of the next day is 26:00.")
        : end > ClockTime.Last ? Refusal.Of($"{field}.end", $"{end} is after 48:00, the end of the next day.")
        : null;

    // The provider also reads offsets such as UTC+5, which are no zones: they know no clock change.
    private static bool IsZone(string? zone) =>
        zone is not null && DateTimeZoneProviders.Tzdb.Ids.Contains(zone, StringComparer.Ordinal);

    private static Refusal? CheckWeek(IReadOnlyList<OpenRange>? week)
    {
        if (week is null || week.Count > RangesMax)
        {
            return Refusal.Of("week", $"Expected 0 to {RangesMax} ranges.");
        }
        for (var i = 0; i < week.Count; i++)
        {
            var field = $"week[{i}]";
            var refusal = week[i] is not { } range ? Refusal.Of(field, "Expected day, start and end.")
                : range.Day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday
                    ? Refusal.Of($"{field}.day", "Expected a day from monday to sunday.")
                : CheckRange(range.Start, range.End, field) ?? CheckOverlap(week, i);
            if (refusal is not null)
            {
                return refusal;
            }
        }
        return null;
    }

    private static Refusal? CheckOverlap(IReadOnlyList<OpenRange> week, int place)
    {
        for (var i = 0; i < place; i++)
        {
            if (Overlap(week[i], week[place]))
            {
                var other = week[i];
                return Refusal.Of(
                    $"week[{place}]", $"It overlaps week[{i}], {other.Day} {other.Start} to {other.End}.");
            }
        }
        return null;
    }

    /// <summary>The week is a circle: Sunday's night is the begin of Monday.</summary>
    private static bool Overlap(OpenRange left, OpenRange right)
    {
        var (leftStart, rightStart) = (StartOf(left), StartOf(right));
        return Ahead(leftStart, rightStart) < left.End.Minutes - left.Start.Minutes
            || Ahead(rightStart, leftStart) < right.End.Minutes - right.Start.Minutes;
    }

    private static int StartOf(OpenRange range) => (((int)range.Day - 1) * 24 * 60) + range.Start.Minutes;

    /// <summary>Minutes from one minute of the week to the next time it is another.</summary>
    private static int Ahead(int from, int to) => (to - from + WeekMinutes) % WeekMinutes;

    private static Refusal? CheckHolidays(IReadOnlyList<Holiday>? holidays)
    {
        if (holidays is null || holidays.Count > HolidaysMax)
        {
            return Refusal.Of("holidays", $"Expected 0 to {HolidaysMax} holidays.");
        }
        return holidays.Select((holiday, i) => HolidayRules.Refuse(holiday, $"holidays[{i}]"))
            .FirstOrDefault(refusal => refusal is not null)
            ?? (holidays.Sum(holiday => HolidayRules.LengthOf(holiday.Rule)) is var dates and > DatesMax
                ? Refusal.Of("holidays", $"They are {dates} dates together; expected at most {DatesMax}.")
                : null);
    }
}
