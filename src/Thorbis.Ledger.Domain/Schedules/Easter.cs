using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>The Sunday after the first full moon of spring, both as the churches reckon them.</summary>
/// <remarks>Source: J. Meeus, Astronomical Algorithms (1991), chapter 8.</remarks>
internal static class Easter
{
    /// <summary>A date of the Gregorian calendar.</summary>
    /// <param name="year">1583 or later; earlier ones as if the calendar had been in use.</param>
    public static LocalDate Sunday(int year, Church church) => church == Church.Orthodox ? Julian(year) : Western(year);

    private static LocalDate Western(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var correction = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - (century / 4) - correction + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * late) + 114;
        return new(year, days / 31, (days % 31) + 1);
    }

    private static LocalDate Julian(int year)
    {
        var moon = ((19 * (year % 19)) + 15) % 30;
        var weekday = ((2 * (year % 4)) + (4 * (year % 7)) - moon + 34) % 7;
        var days = moon + weekday + 114;
        return new LocalDate(year, days / 31, (days % 31) + 1, CalendarSystem.Julian)
            .WithCalendar(CalendarSystem.Iso);
    }
}
