using NodaTime;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class HolidayRulesTests
{
    private const IsoDayOfWeek Monday = IsoDayOfWeek.Monday;

    public static TheoryData<HolidayRule, string?> Rules => new()
    {
        { new FixedDate(2, 29), null },
        { new FixedDate(2, 30), "day" },
        { new FixedDate(4, 31), "day" },
        { new FixedDate(4, 0), "day" },
        { new FixedDate(0, 1), "month" },
        { new FixedDate(13, 1), "month" },
        { new FixedDate(1, 1, (Observance)9), "observed" },
        { new OneDate(new(2026, 5, 8)), null },
        { new OneDate(default), "date" },
        { new OneDate(new(2201, 1, 1)), "date" },
        { new DateRange(new(2026, 12, 24), new(2027, 1, 2)), null },
        { new DateRange(new(2026, 12, 24), new(2026, 12, 24)), null },
        { new DateRange(new(2026, 12, 24), new(2026, 12, 23)), "to" },
        { new DateRange(new(2026, 1, 1), new(2027, 1, 1)), null },
        { new DateRange(new(2026, 1, 1), new(2027, 1, 2)), "to" },
        { new DateRange(new(1899, 12, 31), new(1900, 1, 1)), "from" },
        { new YearlyRange(12, 24, 1, 2), null },
        { new YearlyRange(2, 30, 3, 1), "fromDay" },
        { new YearlyRange(13, 1, 3, 1), "fromMonth" },
        { new YearlyRange(3, 1, 2, 30), "toDay" },
        { new YearlyRange(3, 1, 0, 1), "toMonth" },
        { new NthWeekday(11, IsoDayOfWeek.Thursday, 4), null },
        { new NthWeekday(2, Monday, 5), null },
        { new NthWeekday(2, Monday, 6), "nth" },
        { new NthWeekday(2, Monday, 0), "nth" },
        { new NthWeekday(2, IsoDayOfWeek.None, 1), "weekday" },
        { new NthWeekday(0, Monday, 1), "month" },
        { new NthWeekday(2, Monday, 1, 7), "plus" },
        { new LastWeekday(2, Monday, -7), "plus" },
        { new LastWeekday(13, Monday), "month" },
        { new WeekdayBefore(Monday, 2, 30), "day" },
        { new WeekdayAfter((IsoDayOfWeek)8, 2, 1), "weekday" },
        { new EasterDay(-48, Church.Orthodox), null },
        { new EasterDay(101), "days" },
        { new EasterDay(0, (Church)2), "church" },
    };

    [Theory, MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void A_rule_that_cannot_be_meant_is_refused_by_its_field(HolidayRule rule, string? field) =>
        Assert.Equal(field is null ? null : $"holidays[1].rule.{field}", Field(Plans.Closed("h", rule)));

    [Theory, Table("""
        first  last  field
        -      -     -          # 2016, 2044 …
        2016   2016  -
        2017   2043  rule       # None of these has a fifth Monday of February.
        2017   2044  -
        2045   2044  lastYear
        1899   -     firstYear
        -      2201  lastYear
        """)]
    public void A_rule_that_is_no_day_in_its_years_is_refused(int? first, int? last, string? field) =>
        Assert.Equal(field is null ? null : $"holidays[1].{field}", Field(
            Plans.Closed("h", new NthWeekday(2, Monday, 5)) with { FirstYear = first, LastYear = last }));

    [Theory, Table("""
        from   until  field
        -      -      -
        12:00  -      -
        -      12:00  -
        12:00  13:00  -
        12:00  12:00  until
        -      00:00  until
        26:00  47:00  -
        48:00  -      from
        12:00  48:01  until
        """)]
    public void A_part_of_a_day_ends_after_it_begins(string? from, string? until, string? field) =>
        Assert.Equal(field is null ? null : $"holidays[1].hours.{field}", Field(
            Plans.Closed("h", new FixedDate(1, 1)) with { Hours = new ClosedHours(Time(from), Time(until)) }));

    [Theory, Table("""
        ranges                    field
        09:00-12:00,12:00-14:00   -
        12:00-14:00,09:00-12:01   ranges[1]
        22:00-26:00               -
        22:00-21:00               ranges[0].end
        09:00-10:00,24:00-25:00   ranges[1].start
        .                         ranges           # Closed all day has a kind of its own.
        """)]
    public void Hours_of_its_own_are_ranges_like_those_of_a_week(string ranges, string? field)
    {
        var own = Plans.Week(ranges == "." ? "" : $"Mon {ranges}")
            .Select(range => new DayRange(range.Start, range.End));

        Assert.Equal(field is null ? null : $"holidays[1].hours.{field}", Field(
            Plans.Closed("h", new FixedDate(1, 1)) with { Hours = new OwnHours([.. own]) }));
    }

    [Fact]
    public void What_a_holiday_leaves_out_is_refused_by_its_field()
    {
        var holiday = Plans.Closed("h", new FixedDate(1, 1));

        Assert.Equal("holidays[1].name", Field(holiday with { Name = "" }));
        Assert.Equal("holidays[1].rule", Field(holiday with { Rule = null! }));
        Assert.Equal("holidays[1].hours", Field(holiday with { Hours = null! }));
        Assert.Equal("holidays[1].hours.ranges", Field(holiday with { Hours = new OwnHours(null!) }));
        Assert.Equal("holidays[1].hours.ranges[0]", Field(holiday with { Hours = new OwnHours([null!]) }));
    }

    private static string? Field(Holiday holiday) => ScheduleRulesTests.Field(
        Plans.Of("UTC", WeekPresets.Weekdays, Plans.Closed("first", new FixedDate(12, 25)), holiday));

    private static ClockTime? Time(string? text) => text is null ? null : ClockTime.Parse(text);
}
