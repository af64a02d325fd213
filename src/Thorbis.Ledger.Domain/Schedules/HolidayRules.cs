using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Which holidays can be taken.</summary>
internal static class HolidayRules
{
    private const int FirstYear = HolidayCalendar.FirstYear;
    private const int LastYear = HolidayCalendar.LastYear;

    // Its February is the longest.
    private const int LeapYear = 2000;
    private const int RangeDaysMax = 366;
    private const int PlusMax = 6;
    private const int EasterMax = 100;

    /// <summary>The first thing that cannot be taken; null when all can.</summary>
    public static Refusal? Refuse(Holiday? holiday, string field) =>
        holiday is null ? Refusal.Of(field, "Expected name, rule and hours.")
        : ScheduleRules.CheckName(holiday.Name, $"{field}.name")
        ?? CheckYears(holiday, field)
        ?? CheckRule(holiday.Rule, $"{field}.rule")
        ?? CheckDays(holiday, $"{field}.rule")
        ?? CheckHours(holiday.Hours, $"{field}.hours")
        ?? (holiday.Routing is { } routing ? Texts.Destination(routing, $"{field}.routing") : null);

    /// <summary>How many dates a rule that can be taken has at a time.</summary>
    public static int LengthOf(HolidayRule rule) => rule is DateRange range
        ? Period.DaysBetween(range.From, range.To) + 1
        : HolidayCalendar.Dates(rule, LeapYear).Count();

    private static Refusal? CheckYears(Holiday holiday, string field) =>
        !IsYear(holiday.FirstYear ?? FirstYear) ? Refusal.Of($"{field}.firstYear", YearExpected)
        : !IsYear(holiday.LastYear ?? LastYear) ? Refusal.Of($"{field}.lastYear", YearExpected)
        : holiday.LastYear < holiday.FirstYear
            ? Refusal.Of($"{field}.lastYear", $"{holiday.LastYear} is before the first year, {holiday.FirstYear}.")
        : null;

    private static string YearExpected => $"Expected a year from {FirstYear} to {LastYear}.";

    private static bool IsYear(int year) => year is >= FirstYear and <= LastYear;

    private static Refusal? CheckRule(HolidayRule? rule, string field) => rule switch
    {
        FixedDate date => CheckDate(date.Month, date.Day, field)
            ?? (date.Observed is { } observed && !Enum.IsDefined(observed)
                ? Refusal.Of($"{field}.observed", "Expected nearestWeekday, nextFreeWeekday or mondayForSunday.")
                : null),
        OneDate one => IsYear(one.Date.Year) ? null : Refusal.Of($"{field}.date", YearExpected),
        DateRange range => CheckRange(range, field),
        YearlyRange range => CheckDate(range.FromMonth, range.FromDay, field, "fromMonth", "fromDay")
            ?? CheckDate(range.ToMonth, range.ToDay, field, "toMonth", "toDay"),
        EasterDay easter => CheckEaster(easter, field),
        _ => CheckWeekdayRule(rule, field),
    };

    private static Refusal? CheckWeekdayRule(HolidayRule? rule, string field) => rule switch
    {
        NthWeekday nth => CheckMonth(nth.Month, $"{field}.month") ?? CheckWeekday(nth.Weekday, field)
            ?? (nth.Nth is < 1 or > 5 ? Refusal.Of($"{field}.nth", "Expected 1 to 5.") : CheckPlus(nth.Plus, field)),
        LastWeekday last => CheckMonth(last.Month, $"{field}.month") ?? CheckWeekday(last.Weekday, field)
            ?? CheckPlus(last.Plus, field),
        WeekdayBefore before => CheckWeekday(before.Weekday, field) ?? CheckDate(before.Month, before.Day, field),
        WeekdayAfter after => CheckWeekday(after.Weekday, field) ?? CheckDate(after.Month, after.Day, field),
        _ => Refusal.Of(field, "Expected a rule with its kind."),
    };

    private static Refusal? CheckRange(DateRange range, string field) =>
        !IsYear(range.From.Year) ? Refusal.Of($"{field}.from", YearExpected)
        : range.To < range.From ? Refusal.Of($"{field}.to", "A range ends on the day it begins, or later.")
        : Period.DaysBetween(range.From, range.To) >= RangeDaysMax
            ? Refusal.Of($"{field}.to", $"A range has at most {RangeDaysMax} days.")
        : null;

    private static Refusal? CheckDate(
        int month, int day, string field, string monthField = "month", string dayField = "day") =>
        CheckMonth(month, $"{field}.{monthField}")
        ?? (day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(LeapYear, month)
            ? Refusal.Of($"{field}.{dayField}", $"Month {month} has no day {day}.")
            : null);

    private static Refusal? CheckMonth(int month, string field) =>
        month is < 1 or > 12 ? Refusal.Of(field, "Expected a month from 1 to 12.") : null;

    private static Refusal? CheckWeekday(IsoDayOfWeek weekday, string field) =>
        weekday is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday
            ? Refusal.Of($"{field}.weekday", "Expected a day from monday to sunday.")
            : null;

    private static Refusal? CheckPlus(int plus, string field) => plus is < -PlusMax or > PlusMax
        ? Refusal.Of($"{field}.plus", $"Expected {-PlusMax} to {PlusMax} days.")
        : null;

    private static Refusal? CheckEaster(EasterDay easter, string field) =>
        easter.Days is < -EasterMax or > EasterMax
            ? Refusal.Of($"{field}.days", $"Expected {-EasterMax} to {EasterMax} days.")
        : !Enum.IsDefined(easter.Church) ? Refusal.Of($"{field}.church", "Expected western or orthodox.")
        : null;

    /// <summary>A rule that can never be met is a mistake: the fifth Monday of February, in years without
    /// one.</summary>
    private static Refusal? CheckDays(Holiday holiday, string field)
    {
        var (first, last) = (holiday.FirstYear ?? FirstYear, holiday.LastYear ?? LastYear);
        return Enumerable.Range(first, last - first + 1).Any(year => HolidayCalendar.Dates(holiday.Rule, year).Any())
            ? null
            : Refusal.Of(field, $"It is no day in any year from {first} to {last}.");
    }

    private static Refusal? CheckHours(HolidayHours? hours, string field) => hours switch
    {
        ClosedHours part => CheckPart(part, field),
        OwnHours { Ranges: { Count: >= 1 and <= ScheduleRules.OwnRangesMax } ranges } => CheckRanges(ranges, field),
        OwnHours => Refusal.Of(
            $"{field}.ranges", $"Expected 1 to {ScheduleRules.OwnRangesMax} ranges; a closed day is of kind closed."),
        _ => Refusal.Of(field, "Expected hours of the kind closed or own."),
    };

    private static Refusal? CheckPart(ClosedHours part, string field) =>
        part.From is { } from && (from < ClockTime.Midnight || from >= ClockTime.Last)
            ? Refusal.Of($"{field}.from", $"{from} is not from 00:00 to 47:59.")
        : part.Until is { } until && (until <= (part.From ?? ClockTime.Midnight) || until > ClockTime.Last)
            ? Refusal.Of($"{field}.until", $"{until} is not after {part.From ?? ClockTime.Midnight}, up to 48:00.")
        : null;

    private static Refusal? CheckRanges(IReadOnlyList<DayRange> ranges, string field)
    {
        for (var i = 0; i < ranges.Count; i++)
        {
            var path = $"{field}.ranges[{i}]";
            if (ranges[i] is not { } range)
            {
                return Refusal.Of(path, "Expected start and end.");
            }
            if (ScheduleRules.CheckRange(range.Start, range.End, path) is { } refusal)
            {
                return refusal;
            }
            if (ranges.Take(i).FirstOrDefault(one => one.Start < range.End && range.Start < one.End) is { } other)
            {
                return Refusal.Of(path, $"It overlaps {other.Start} to {other.End}.");
            }
        }
        return null;
    }
}
