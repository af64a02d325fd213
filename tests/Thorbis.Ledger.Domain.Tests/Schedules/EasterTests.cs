using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class EasterTests
{
    [Theory, Table("""
        western     orthodox
        1900-04-15  1900-04-22
        1913-03-23  1913-04-27
        1943-04-25  1943-04-25
        1954-04-18  1954-04-25   # 25 April by the bare rule: one of its two exceptions,
        1981-04-19  1981-04-26   # and 26 April, the other.
        1999-04-04  1999-04-11
        2000-04-23  2000-04-30
        2008-03-23  2008-04-27
        2016-03-27  2016-05-01
        2020-04-12  2020-04-19
        2021-04-04  2021-05-02
        2022-04-17  2022-04-24
        2023-04-09  2023-04-16
        2024-03-31  2024-05-05
        2025-04-20  2025-04-20
        2026-04-05  2026-04-12
        2027-03-28  2027-05-02
        2028-04-16  2028-04-16
        2029-04-01  2029-04-08
        2030-04-21  2030-04-28
        2038-04-25  2038-04-25
        2049-04-18  2049-04-25
        2076-04-19  2076-04-26
        2100-03-28  2100-05-02
        """)]
    public void Easter_is_when_the_churches_keep_it(string western, string orthodox)
    {
        Assert.Equal(western, Sunday(western, Church.Western));
        Assert.Equal(orthodox, Sunday(orthodox, Church.Orthodox));
    }

    [Fact]
    public void It_is_a_Sunday_from_22_March_to_25_April_in_every_year()
    {
        for (var year = 1900; year <= 2200; year++)
        {
            var date = Assert.Single(HolidayCalendar.Days(Plans.Closed("Easter", new EasterDay(0)), year)).Date;

            Assert.Equal(IsoDayOfWeek.Sunday, date.DayOfWeek);
            Assert.InRange(date, new(year, 3, 22), new(year, 4, 25));
        }
    }

    private static string Sunday(string date, Church church)
    {
        var year = LocalDatePattern.Iso.Parse(date).Value.Year;
        var days = HolidayCalendar.Days(Plans.Closed("Easter", new EasterDay(0, church)), year);
        return LocalDatePattern.Iso.Format(Assert.Single(days).Date);
    }
}
