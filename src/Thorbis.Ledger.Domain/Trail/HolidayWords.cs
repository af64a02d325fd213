using NodaTime;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>Dates and hours of holidays in words.</summary>
internal static class HolidayWords
{
    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    public static string Of(HolidayRule rule) => rule switch
    {
        FixedDate date => Date(date.Month, date.Day) + Observed(date),
        OneDate once => Date(once.Date),
        DateRange range => $"{Date(range.From)} to {Date(range.To)}",
        YearlyRange range =>
            $"{Date(range.FromMonth, range.FromDay)} to {Date(range.ToMonth, range.ToDay)}, every year",
        NthWeekday nth =>
            $"{After(nth.Plus)}{Ordinal(nth.Nth)} {nth.Weekday} of {Month(nth.Month)}",
        LastWeekday last => $"{After(last.Plus)}last {last.Weekday} of {Month(last.Month)}",
        WeekdayBefore before => $"last {before.Weekday} before {Date(before.Month, before.Day)}",
        WeekdayAfter after => $"first {after.Weekday} after {Date(after.Month, after.Day)}",
        EasterDay easter => Easter(easter),
        _ => "dates of a kind that is not known",
    };

    public static string Of(HolidayHours hours) => hours switch
    {
        ClosedHours { From: null, Until: null } => "closed",
        ClosedHours { From: { } from, Until: null } => $"closed from {HoursTelling.Clock(from)}",
        ClosedHours { From: null, Until: { } until } => $"closed until {HoursTelling.Clock(until)}",
        ClosedHours { From: { } from, Until: { } until } =>
            $"closed {HoursTelling.Clock(from)}–{HoursTelling.Clock(until)}",
        OwnHours own => $"open {HoursTelling.Text(own.Ranges)}",
        _ => "hours of a kind that is not known",
    };

    private static string Observed(FixedDate date) => (date.Observed, date.InLieu) switch
    {
        (null, false) => "",
        (null, true) => ", on that date only",
        (Observance.NearestWeekday, false) => ", at the weekend also the nearest weekday",
        (Observance.NearestWeekday, true) => ", at the weekend the nearest weekday instead",
        (Observance.NextFreeWeekday, false) => ", at the weekend also the next free weekday",
        (Observance.NextFreeWeekday, true) => ", at the weekend the next free weekday instead",
        (_, false) => ", on a Sunday also Monday",
        (_, true) => ", on a Sunday Monday instead",
    };

    private static string Easter(EasterDay easter)
    {
        var sunday = easter.Church == Church.Western ? "Easter Sunday" : "Orthodox Easter Sunday";
        return easter.Days == 0 ? sunday : $"{After(easter.Days)}{sunday}";
    }

    /// <summary>Empty for no days.</summary>
    private static string After(int days) => days switch
    {
        0 => "",
        1 => "the day after ",
        -1 => "the day before ",
        > 0 => $"{days} days after ",
        _ => $"{-days} days before ",
    };

    private static string Ordinal(int nth) => nth is >= 1 and <= 5 ? Ordinals[nth - 1] : $"{nth}th";

    private static string Date(LocalDate date) => $"{Date(date.Month, date.Day)} {date.Year}";

    private static string Date(int month, int day) => $"{day} {Month(month)}";

    private static string Month(int month) => month is >= 1 and <= 12 ? Months[month - 1] : $"month {month}";
}
