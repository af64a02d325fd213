using System.Globalization;
using NodaTime;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

/// <summary>What the governments list, or an independent calendar (the library vacanza/holidays, of July 2026) has for
/// years that none lists yet. A star is a day observed for a date at the weekend.</summary>
public sealed class HolidayTemplatesTests
{
    [Theory, Table("""
        template              year  days
        us-federal            2024  01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25
        us-federal            2025  01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25
        us-federal            2026  01-01 01-19 02-16 05-25 06-19 07-03* 09-07 10-12 11-11 11-26 12-25
        us-federal            2027  01-01 01-18 02-15 05-31 06-18* 07-05* 09-06 10-11 11-11 11-25 12-24* 12-31*
        us-federal            2028  01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10* 11-23 12-25
        us-federal            2029  01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12* 11-22 12-25
        us-federal            2030  01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25
        canada-federal        2020  01-01 04-10 05-18 07-01 09-07 10-12 11-11 12-25 12-28*
        canada-federal        2021  01-01 04-02 05-24 07-01 09-06 09-30 10-11 11-11 12-27* 12-28*
        canada-federal        2022  01-03* 04-15 05-23 07-01 09-05 09-30 10-10 11-11 12-26 12-27*
        canada-federal        2023  01-02* 04-07 05-22 07-03* 09-04 10-02* 10-09 11-13* 12-25 12-26
        canada-federal        2024  01-01 03-29 05-20 07-01 09-02 09-30 10-14 11-11 12-25 12-26
        canada-federal        2025  01-01 04-18 05-19 07-01 09-01 09-30 10-13 11-11 12-25 12-26
        canada-federal        2026  01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-28*
        canada-federal        2027  01-01 03-26 05-24 07-01 09-06 09-30 10-11 11-11 12-27* 12-28*
        canada-federal        2028  01-03* 04-14 05-22 07-03* 09-04 10-02* 10-09 11-13* 12-25 12-26
        canada-federal        2029  01-01 03-30 05-21 07-02* 09-03 10-01* 10-08 11-12* 12-25 12-26
        canada-federal        2030  01-01 04-19 05-20 07-01 09-02 09-30 10-14 11-11 12-25 12-26
        """)]
    public void Federal_holidays_are_kept_on_these_weekdays(string template, int year, string days) =>
        Assert.Equal(days, WeekdaysOf(template, year));

    [Theory, Table("""
        template              year  days
        uk-england-and-wales  2020  01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28*
        uk-england-and-wales  2021  01-01 04-02 04-05 05-03 05-31 08-30 12-27* 12-28*
        uk-england-and-wales  2022  01-03* 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27*
        uk-england-and-wales  2023  01-02* 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26
        uk-england-and-wales  2024  01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
        uk-england-and-wales  2025  01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
        uk-england-and-wales  2026  01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28*
        uk-england-and-wales  2027  01-01 03-26 03-29 05-03 05-31 08-30 12-27* 12-28*
        uk-england-and-wales  2028  01-03* 04-14 04-17 05-01 05-29 08-28 12-25 12-26
        uk-england-and-wales  2029  01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26
        uk-england-and-wales  2030  01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
        uk-scotland           2020  01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28*
        uk-scotland           2021  01-01 01-04* 04-02 05-03 05-31 08-02 11-30 12-27* 12-28*
        uk-scotland           2022  01-03* 01-04* 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27*
        uk-scotland           2023  01-02 01-03* 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26
        uk-scotland           2024  01-01 01-02 03-29 05-06 05-27 08-05 12-02* 12-25 12-26
        uk-scotland           2025  01-01 01-02 04-18 05-05 05-26 08-04 12-01* 12-25 12-26
        uk-scotland           2026  01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28*
        uk-scotland           2027  01-01 01-04* 03-26 05-03 05-31 08-02 11-30 12-27* 12-28*
        uk-scotland           2028  01-03* 01-04* 04-14 05-01 05-29 08-07 11-30 12-25 12-26
        uk-scotland           2029  01-01 01-02 03-30 05-07 05-28 08-06 11-30 12-25 12-26
        uk-scotland           2030  01-01 01-02 04-19 05-06 05-27 08-05 12-02* 12-25 12-26
        uk-northern-ireland   2020  01-01 03-17 04-10 04-13 05-08 05-25 07-13* 08-31 12-25 12-28*
        uk-northern-ireland   2021  01-01 03-17 04-02 04-05 05-03 05-31 07-12 08-30 12-27* 12-28*
        uk-northern-ireland   2022  01-03* 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27*
        uk-northern-ireland   2023  01-02* 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26
        uk-northern-ireland   2024  01-01 03-18* 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26
        uk-northern-ireland   2025  01-01 03-17 04-18 04-21 05-05 05-26 07-14* 08-25 12-25 12-26
        uk-northern-ireland   2026  01-01 03-17 04-03 04-06 05-04 05-25 07-13* 08-31 12-25 12-28*
        uk-northern-ireland   2027  01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27* 12-28*
        uk-northern-ireland   2028  01-03* 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26
        uk-northern-ireland   2029  01-01 03-19* 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26
        uk-northern-ireland   2030  01-01 03-18* 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26
        """)]
    public void Bank_holidays_are_kept_on_these_weekdays(string template, int year, string days) =>
        Assert.Equal(days, WeekdaysOf(template, year));

    [Fact]
    public void Every_template_is_taken_by_a_schedule_and_has_each_holiday_once_a_year()
    {
        foreach (var template in HolidayTemplates.All)
        {
            Assert.Null(ScheduleRules.Refuse(Plans.Of("UTC", WeekPresets.Weekdays, template.Holidays)));
            for (var year = 2020; year < 2060; year++)
            {
                var named = HolidayCalendar.Days(template.Holidays, year).Where(day => !day.Observed)
                    .Select(day => template.Holidays[day.Place].Name).ToList();
                Assert.Equal(named.Distinct(), named);
            }
        }
    }

    private static string WeekdaysOf(string template, int year)
    {
        var found = HolidayCalendar.Days(HolidayTemplates.All.Single(one => one.Id == template).Holidays, year)
            .Where(day => day.Date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday));
        return string.Join(' ', found.Select(day =>
            day.Date.ToString("MM-dd", CultureInfo.InvariantCulture) + (day.Observed ? "*" : "")));
    }
}
