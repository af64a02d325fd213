using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Tests.Routing;
using Thorbis.Ledger.Domain.Tests.Schedules;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

public sealed class ScheduleWordsTests
{
    private static readonly Holiday Christmas = Plans.Closed("Christmas Day", new FixedDate(12, 25));

    private static readonly Schedule Office = new(
        "Office", "America/New_York", Plans.Week("Mon-Fri 09:00-17:00"), Desk.Box, [Christmas]);

    [Theory, Table("""
        before                    after                                 words
        Fri 09:00-17:00           Fri 09:00-16:00                       Friday closes 17:00 → 16:00
        Fri 09:00-17:00           Fri 08:00-17:00                       Friday opens 09:00 → 08:00
        Fri 09:00-17:00           Fri 10:00-16:00                       Friday 09:00–17:00 → 10:00–16:00
        Fri 09:00-17:00           Fri 09:00-12:00,13:00-17:00           Friday 09:00–17:00 → 09:00–12:00, 13:00–17:00
        Fri 18:00-24:00           Fri 18:00-26:00                       Friday closes 24:00 → 02:00 next day
        Fri 09:00-17:00           Fri 09:00-17:00; Sat 10:00-14:00      Saturday now open 10:00–14:00
        Sun 10:00-14:00           Mon 10:00-14:00  Monday now open 10:00–14:00; Sunday now closed (was 10:00–14:00)
        Mon-Tue 09:00-17:00       Mon-Tue 09:00-18:00       Monday closes 17:00 → 18:00; Tuesday closes 17:00 → 18:00
        Mon 09:00-12:00,13:00-17:00  Mon 13:00-17:00,09:00-12:00        hours listed in another order
        """)]
    public void Hours_are_told_day_by_day(string before, string after, string words) =>
        Assert.Equal(words, string.Join("; ", Differences.Of(
            Office with { Week = Plans.Week(before) }, Office with { Week = Plans.Week(after) }, Told.Names)
            .Select(change => change.Words)));

    [Theory, Table("""
        week                                            brief
        Mon-Fri 09:00-17:00                             Monday to Friday 09:00–17:00
        Mon-Fri 09:00-17:00; Sat 10:00-14:00            Monday to Friday 09:00–17:00, Saturday 10:00–14:00
        Mon 09:00-17:00; Wed 09:00-17:00                Monday 09:00–17:00, Wednesday 09:00–17:00
        Mon-Sun 00:00-24:00                             always open
        Mon-Sun 08:00-26:00                             Monday to Sunday 08:00–02:00 next day
        """)]
    public void A_week_is_told_briefly(string week, string brief) => Told.Is(
        Differences.Of(null, Office with { Week = Plans.Week(week) }, Told.Names),
        $"schedule 'Office' created ({brief}, America/New_York; after hours to the voicemail box Office; 1 holiday)");

    [Fact]
    public void Fields_have_paths_and_short_values() => Told.Is(
        """
        name | Office | Front desk | renamed to 'Front desk'
        zone | America/New_York | Europe/Berlin | time zone America/New_York → Europe/Berlin
        week.friday | 09:00–17:00 | 09:00–16:00 | Friday closes 17:00 → 16:00
        afterHours | the voicemail box Office | Queue 'Line' | after hours the voicemail box Office → Queue 'Line'
        holidays[Christmas Day] | 25 December, closed | - | holiday 'Christmas Day' removed
        holidays[Thanksgiving Day] | - | fourth Thursday of November, closed
          | holiday 'Thanksgiving Day' added (fourth Thursday of November, closed)
        """,
        Differences.Of(Office, new(
            "Front desk", "Europe/Berlin", Plans.Week("Mon-Thu 09:00-17:00; Fri 09:00-16:00"), new ToQueue("line"),
            [Plans.Closed("Thanksgiving Day", new NthWeekday(11, IsoDayOfWeek.Thursday, 4))]), Told.Names));

    [Fact]
    public void Holidays_are_known_by_their_names()
    {
        var changed = Christmas with
        {
            Hours = new OwnHours([new(ClockTime.Parse("09:00"), ClockTime.Parse("12:00"))]),
            Routing = new ToMember("ann"),
            FirstYear = 2027,
        };
        Told.Is(
            """
            holidays[Eve] | - | 24 December, closed from 12:00 | holiday 'Eve' added (24 December, closed from 12:00)
            holidays[Christmas Day].hours | closed | open 09:00–12:00
              | holiday 'Christmas Day': hours closed → open 09:00–12:00
            holidays[Christmas Day].routing | - | Anna | holiday 'Christmas Day': destination while closed set to Anna
            holidays[Christmas Day].firstYear | - | 2027 | holiday 'Christmas Day': first year set to 2027
            """,
            Differences.Of(
                Office,
                Office with
                {
                    Holidays = [new("Eve", new FixedDate(12, 24), new ClosedHours(ClockTime.Parse("12:00"))), changed],
                },
                Told.Names));
    }

    [Fact]
    public void Of_two_holidays_of_one_name_each_is_compared_with_its_own() => Told.Is(
        "holidays[Strike#2].rule | 2 May 2026 | 3 May 2026 | holiday 'Strike': date 2 May 2026 → 3 May 2026",
        Differences.Of(Strikes(1, 2), Strikes(1, 3), Told.Names));

    [Fact]
    public void The_first_holiday_of_a_date_governs_so_their_order_is_told() => Told.Is(
        Differences.Of(
            Office with { Holidays = [Named("A"), Named("B"), Named("C")] },
            Office with { Holidays = [Named("C"), Named("A"), Named("B")] }, Told.Names),
        "holiday 'C' moved from place 3 to 1");

    [Fact]
    public void A_retired_schedule_is_told_with_what_it_held() => Told.Is(
        " | Monday to Friday 09:00–17:00, America/New_York; after hours to the voicemail box Office; 1 holiday | - "
        + "| schedule 'Office' removed",
        Differences.Of(Office, null, Told.Names));

    public static TheoryData<HolidayRule, string> Rules => new()
    {
        { new FixedDate(12, 25), "25 December" },
        { new FixedDate(12, 25, Observance.NearestWeekday), "25 December, at the weekend also the nearest weekday" },
        {
            new FixedDate(12, 25, Observance.NextFreeWeekday, true),
            "25 December, at the weekend the next free weekday instead"
        },
        { new FixedDate(12, 25, Observance.MondayForSunday), "25 December, on a Sunday also Monday" },
        { new OneDate(new(2026, 7, 3)), "3 July 2026" },
        { new DateRange(new(2026, 12, 24), new(2027, 1, 2)), "24 December 2026 to 2 January 2027" },
        { new YearlyRange(12, 24, 1, 2), "24 December to 2 January, every year" },
        { new NthWeekday(11, IsoDayOfWeek.Thursday, 4), "fourth Thursday of November" },
        { new NthWeekday(11, IsoDayOfWeek.Thursday, 4, 1), "the day after fourth Thursday of November" },
        { new LastWeekday(5, IsoDayOfWeek.Monday), "last Monday of May" },
        { new LastWeekday(5, IsoDayOfWeek.Monday, -3), "3 days before last Monday of May" },
        { new WeekdayBefore(IsoDayOfWeek.Monday, 5, 25), "last Monday before 25 May" },
        { new WeekdayAfter(IsoDayOfWeek.Friday, 6, 19), "first Friday after 19 June" },
        { new EasterDay(-2), "2 days before Easter Sunday" },
        { new EasterDay(0), "Easter Sunday" },
        { new EasterDay(1, Church.Orthodox), "the day after Orthodox Easter Sunday" },
    };

    [Theory, MemberData(nameof(Rules))]
    public void Dates_of_holidays_are_told_as_people_say_them(HolidayRule rule, string words) =>
        Assert.Equal($"{words}, closed", Differences.Of(
            Office, Office with { Holidays = [Christmas, Plans.Closed("Other", rule)] }, Told.Names)[0].After);

    private static Schedule Strikes(params int[] days) => Office with
    {
        Holidays = [.. days.Select(day => Plans.Closed("Strike", new OneDate(new(2026, 5, day))))],
    };

    private static Holiday Named(string name) => Plans.Closed(name, new FixedDate(1, 1));
}
