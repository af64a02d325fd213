using System.Globalization;
using NodaTime;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class HolidayCalendarTests
{
    private const Observance Nearest = Observance.NearestWeekday;
    private const Observance NextFree = Observance.NextFreeWeekday;
    private const Observance Monday = Observance.MondayForSunday;

    private static readonly Dictionary<string, HolidayRule> Rules = new()
    {
        ["4 July"] = new FixedDate(7, 4, Nearest),
        ["4 July in lieu"] = new FixedDate(7, 4, Nearest, InLieu: true),
        ["4 July Sundays"] = new FixedDate(7, 4, Monday),
        ["New Year"] = new FixedDate(1, 1, Nearest),
        ["31 December"] = new FixedDate(12, 31, NextFree),
        ["leap day"] = new FixedDate(2, 29),
        ["once"] = new OneDate(new(2026, 5, 8)),
        ["winter once"] = new DateRange(new(2026, 12, 30), new(2027, 1, 2)),
        ["winter"] = new YearlyRange(12, 30, 1, 2),
        ["to leap day"] = new YearlyRange(2, 27, 2, 29),
        ["from leap day"] = new YearlyRange(2, 29, 3, 2),
        ["4th Thursday"] = new NthWeekday(11, IsoDayOfWeek.Thursday, 4),
        ["day after"] = new NthWeekday(11, IsoDayOfWeek.Thursday, 4, 1),
        ["election"] = new NthWeekday(11, IsoDayOfWeek.Monday, 1, 1),
        ["5th Monday"] = new NthWeekday(2, IsoDayOfWeek.Monday, 5),
        ["last Monday"] = new LastWeekday(5, IsoDayOfWeek.Monday),
        ["after last Sunday"] = new LastWeekday(12, IsoDayOfWeek.Sunday, 6),
        ["before 25 May"] = new WeekdayBefore(IsoDayOfWeek.Monday, 5, 25),
        ["after 25 May"] = new WeekdayAfter(IsoDayOfWeek.Monday, 5, 25),
        ["Good Friday"] = new EasterDay(-2),
        ["Orthodox Monday"] = new EasterDay(1, Church.Orthodox),
    };

    [Theory, Table("""
        rule               year  days
        4 July             2025  07-04
        4 July             2026  07-03* 07-04        # A Saturday: both days, the Friday is observed.
        4 July             2027  07-04 07-05*
        4 July in lieu     2026  07-03*
        4 July Sundays     2026  07-04
        4 July Sundays     2027  07-04 07-05*
        New Year           2027  01-01 12-31*        # That of 2028, a Saturday, is kept in 2027.
        New Year           2028  01-01
        31 December        2022  12-31
        31 December        2023  01-02* 12-31        # Observed in the year after its own.
        leap day           2027  -
        leap day           2028  02-29
        once               2026  05-08
        once               2027  -
        winter once        2026  12-30 12-31
        winter once        2027  01-01 01-02
        winter once        2028  -
        winter             2028  01-01 01-02 12-30 12-31
        to leap day        2027  02-27 02-28
        to leap day        2028  02-27 02-28 02-29
        from leap day      2027  03-01 03-02
        from leap day      2028  02-29 03-01 03-02
        4th Thursday       2026  11-26               # November began on a Sunday,
        4th Thursday       2029  11-22               # and here on a Thursday.
        day after          2029  11-23
        election           2026  11-03
        5th Monday         2027  -
        5th Monday         2044  02-29
        last Monday        2027  05-31
        last Monday        2026  05-25
        after last Sunday  2024  01-06               # Six days after 31 December 2023.
        before 25 May      2026  05-18               # The 25th itself is a Monday.
        before 25 May      2027  05-24
        after 25 May       2026  06-01
        Good Friday        2026  04-03
        Orthodox Monday    2026  04-13
        """)]
    public void A_rule_is_these_days_of_a_year(string rule, int year, string? days) =>
        Assert.Equal(days ?? "", Days(year, Plans.Closed(rule, Rules[rule])));

    [Theory, Table("""
        year  days
        2020  12-25 12-26 12-28*
        2021  12-25 12-26 12-27* 12-28*   # Saturday and Sunday: Monday for the first, Tuesday for the second.
        2022  12-25 12-26 12-27*          # Sunday and Monday: the Monday is taken.
        2023  12-25 12-26
        """)]
    public void Substitute_days_never_collide_whatever_the_order_of_the_list(int year, string days)
    {
        var christmas = Plans.Closed("Christmas", new FixedDate(12, 25, NextFree));
        var boxing = Plans.Closed("Boxing Day", new FixedDate(12, 26, NextFree));

        Assert.Equal(days, Days(year, christmas, boxing));
        Assert.Equal(days, Days(year, boxing, christmas));
    }

    [Fact]
    public void A_holiday_that_is_listed_twice_gets_one_substitute_day()
    {
        var christmas = Plans.Closed("Christmas", new FixedDate(12, 25, NextFree));

        Assert.Equal("12-25 12-25 12-27* 12-27*", Days(2021, christmas, christmas));
    }

    [Fact]
    public void A_holiday_counts_from_its_first_year_to_its_last()
    {
        var holiday = Plans.Closed("New Year", Rules["New Year"]) with { FirstYear = 2028, LastYear = 2029 };

        Assert.Equal("12-31*", Days(2027, holiday)); // That of 2028.
        Assert.Equal(["", "01-01", "01-01", ""], new[] { 2026, 2028, 2029, 2030 }.Select(year => Days(year, holiday)));
    }

    private static string Days(int year, params IReadOnlyList<Holiday> holidays) =>
        string.Join(' ', HolidayCalendar.Days(holidays, year).Select(day =>
            day.Date.ToString("MM-dd", CultureInfo.InvariantCulture) + (day.Observed ? "*" : "")));
}
