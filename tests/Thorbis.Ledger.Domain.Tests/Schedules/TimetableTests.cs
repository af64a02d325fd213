using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class TimetableTests
{
    private const string NewYork = "America/New_York";
    private static readonly Destination Party = new ToNumber("+12025550100");

    [Theory, Table("""
        week                     local             open   until
        Mon-Fri 09:00-17:00      2026-11-23T08:59  false  2026-11-23T09:00   # A Monday.
        Mon-Fri 09:00-17:00      2026-11-23T09:00  true   2026-11-23T17:00   # The start is in,
        Mon-Fri 09:00-17:00      2026-11-23T16:59  true   2026-11-23T17:00
        Mon-Fri 09:00-17:00      2026-11-23T17:00  false  2026-11-24T09:00   # the end is not.
        Mon-Fri 09:00-17:00      2026-11-27T17:00  false  2026-11-30T09:00   # Over the weekend.
        Mon 09:00-12:00,12:00-17:00    2026-11-23T09:00  true   2026-11-23T17:00   # No gap is no change.
        Mon 09:00-12:00,13:00-17:00    2026-11-23T12:00  false  2026-11-23T13:00
        Fri 18:00-26:00          2026-11-28T01:59  true   2026-11-28T02:00   # Past midnight, on Saturday.
        Fri 18:00-26:00          2026-11-28T02:00  false  2026-12-04T18:00
        Fri 18:00-26:00          2026-11-27T01:00  false  2026-11-27T18:00   # Thursday's night is not Friday's.
        Sun 20:00-28:00          2026-11-23T03:00  true   2026-11-23T04:00   # Over the end of the week.
        Fri 18:00-24:00; Sat 00:00-02:00  2026-11-27T20:00  true  2026-11-28T02:00
        Fri 00:00-48:00          2026-11-28T23:59  true   2026-11-29T00:00
        Mon-Sun 00:00-24:00      2026-11-28T23:59  true   -                  # Always has no end,
        -                        2026-11-28T23:59  false  -                  # nor has never.
        Sun 02:00-03:00          2026-03-02T12:00  false  2026-03-15T02:00   # On the 8th clocks skip that hour.
        """)]
    public void A_range_holds_from_its_start_up_to_its_end(string? week, string local, bool open, string? until)
    {
        var timetable = Timetable.Of(Plans.Of(NewYork, Plans.Week(week ?? "")));

        var state = timetable.At(At(local));

        Assert.Equal((open, until), (state.Open, Local(state.Until)));
        Assert.Equal(open, timetable.IsOpenAt(At(local)));
        Assert.Equal(open ? null : Plans.AfterHours, state.Routing);
    }

    [Fact]
    public void Always_is_open_in_every_minute_of_the_weekend_too()
    {
        var timetable = Timetable.Of(Plans.Of(NewYork, WeekPresets.Always));

        for (var at = At("2026-10-26T00:00"); at < At("2026-11-09T00:00"); at += Duration.FromMinutes(1))
        {
            Assert.True(timetable.IsOpenAt(at), $"closed at {at}");
        }
    }

    [Fact]
    public void An_hour_that_clocks_repeat_counts_twice()
    {
        var timetable = Timetable.Of(Plans.Of(NewYork, Plans.Week("Sun 01:00-01:30")));
        var first = Instant.FromUtc(2026, 11, 1, 5, 0);

        Assert.Equal(first + Duration.FromMinutes(30), timetable.At(first).Until);
        Assert.Equal(first + Duration.FromMinutes(60), timetable.At(first + Duration.FromMinutes(30)).Until);
        Assert.Equal(first + Duration.FromMinutes(90), timetable.At(first + Duration.FromMinutes(60)).Until);
    }

    [Theory, Table("""
        local             open   until             holiday    closed
        2026-12-24T11:59  true   2026-12-24T12:00  Eve        -           # Its morning is as on any Thursday,
        2026-12-24T12:00  false  2026-12-25T00:00  Eve        box         # the rest of the day is closed.
        2026-12-25T00:00  false  2026-12-26T00:00  Christmas  party
        2026-12-25T12:00  false  2026-12-26T00:00  Christmas  party
        2026-12-26T00:00  false  2026-12-28T09:00  -          box         # A Saturday.
        2026-12-31T10:00  false  2026-12-31T20:00  New Year   box         # Hours of its own,
        2026-12-31T20:00  true   2027-01-01T00:00  New Year   -           # past midnight:
        2027-01-01T00:00  true   2027-01-01T02:00  Hangover   -           # the eve's hours go on to their end,
        2027-01-01T02:00  false  2027-01-02T00:00  Hangover   box         # and none begin on the holiday.
        2027-01-02T00:00  false  2027-01-04T09:00  -          box
        """)]
    public void A_holiday_replaces_the_hours_that_begin_on_its_date(
        string local, bool open, string until, string? holiday, string? closed)
    {
        var timetable = Timetable.Of(Plans.Of(
            NewYork, WeekPresets.Weekdays,
            new Holiday("Eve", new FixedDate(12, 24), new ClosedHours(From: ClockTime.Parse("12:00"))),
            Plans.Closed("Christmas", new FixedDate(12, 25)) with { Routing = Party },
            new Holiday("New Year", new FixedDate(12, 31), new OwnHours([Range("20:00", "26:00")])),
            Plans.Closed("Hangover", new FixedDate(1, 1))));

        var state = timetable.At(At(local));

        Assert.Equal((open, until, holiday), (state.Open, Local(state.Until), state.Holiday));
        Assert.Equal(closed switch { "box" => Plans.AfterHours, "party" => Party, _ => null }, state.Routing);
    }

    [Theory, Table("""
        zone                     date
        Pacific/Honolulu         2026-12-25
        Pacific/Pago_Pago        2026-12-25
        America/Los_Angeles      2026-12-25
        UTC                      2026-12-25
        Pacific/Kiritimati       2026-12-25
        """)]
    public void A_holiday_is_the_local_day_in_every_zone(string zone, string date)
    {
        var midnight = LocalDatePattern.Iso.Parse(date).Value.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb[zone]);
        var timetable = Timetable.Of(Plans.Of(
            zone, WeekPresets.Always, Plans.Closed("Christmas", new FixedDate(12, 25))));

        var state = timetable.At(midnight.ToInstant());

        Assert.False(state.Open);
        Assert.Equal(midnight.PlusHours(24).ToInstant(), state.Until);
        Assert.True(timetable.IsOpenAt(midnight.ToInstant() - Duration.Epsilon));
        Assert.True(timetable.IsOpenAt(midnight.PlusHours(24).ToInstant()));
    }

    [Theory, Table("""
        from   until  openThere
        -      -      -                                     # All of it, the night too.
        20:00  -      18:00-20:00
        -      20:00  20:00-26:00
        20:00  22:00  18:00-20:00,22:00-26:00
        20:00  24:00  18:00-20:00,24:00-26:00               # The night is the holiday's own.
        24:00  -      18:00-24:00
        10:00  12:00  18:00-26:00
        26:00  -      18:00-26:00
        """)]
    public void A_part_of_a_day_that_is_closed_leaves_the_rest_of_the_hours(
        string? from, string? until, string? openThere)
    {
        var part = new ClosedHours(Time(from), Time(until));
        var timetable = Timetable.Of(Plans.Of(
            "UTC", Plans.Week("Fri 18:00-26:00"), new Holiday("h", new OneDate(new(2026, 11, 27)), part)));
        var expected = Timetable.Of(Plans.Of("UTC", Plans.Week(openThere is null ? "" : $"Fri {openThere}")));
        var friday = Instant.FromUtc(2026, 11, 27, 0, 0);

        for (var minute = 0; minute < 2 * 24 * 60; minute++)
        {
            var at = friday + Duration.FromMinutes(minute);
            Assert.True(expected.IsOpenAt(at) == timetable.IsOpenAt(at), $"at {at}");
        }
    }

    [Fact]
    public void Of_holidays_on_the_same_date_the_first_listed_governs()
    {
        var party = new Holiday("party", new OneDate(new(2026, 11, 27)), new OwnHours([Range("12:00", "13:00")]));
        var closed = Plans.Closed("closed", new DateRange(new(2026, 11, 27), new(2026, 11, 28)));

        string? HolidayAtNoon(params IReadOnlyList<Holiday> holidays) =>
            Timetable.Of(Plans.Of("UTC", [], holidays)).At(Instant.FromUtc(2026, 11, 27, 12, 0)).Holiday;

        Assert.Equal("party", HolidayAtNoon(party, closed));
        Assert.Equal("closed", HolidayAtNoon(closed, party));
    }

    [Fact]
    public void Until_looks_400_days_ahead_and_no_further()
    {
        var day = new LocalDate(2030, 6, 1);
        var timetable = Timetable.Of(Plans.Of("UTC", WeekPresets.Always, Plans.Closed("once", new OneDate(day))));
        var closing = day.AtMidnight().InUtc().ToInstant();

        Assert.Equal(closing, timetable.At(closing - Timetable.Horizon).Until);
        Assert.Null(timetable.At(closing - Timetable.Horizon - Duration.Epsilon).Until);
        Assert.Null(timetable.At(closing + Duration.FromDays(1)).Until);
    }

    [Fact]
    public void Two_holidays_in_a_row_that_say_the_same_are_one_and_others_are_two()
    {
        var christmas = Plans.Closed("Christmas", new FixedDate(12, 25));
        var at = Instant.FromUtc(2026, 12, 25, 12, 0);

        OpenState State(string next) => Timetable.Of(Plans.Of(
            "UTC", WeekPresets.Always, christmas, Plans.Closed(next, new FixedDate(12, 26)))).At(at);

        Assert.Equal(Instant.FromUtc(2026, 12, 27, 0, 0), State("Christmas").Until);
        Assert.Equal(Instant.FromUtc(2026, 12, 26, 0, 0), State("Boxing Day").Until);
    }

    [Fact]
    public void The_years_1800_to_2499_can_be_asked_for_and_no_others()
    {
        var timetable = Timetable.Of(Plans.Of(NewYork, WeekPresets.Weekdays, HolidayTemplates.UnitedStates.Holidays));

        Assert.NotNull(timetable.At(Timetable.First).Until);
        Assert.NotNull(timetable.At(Timetable.End - Duration.Epsilon).Until);
        Assert.Throws<ArgumentOutOfRangeException>(() => timetable.At(Timetable.First - Duration.Epsilon));
        Assert.Throws<ArgumentOutOfRangeException>(() => timetable.IsOpenAt(Timetable.End));
    }

    private static DayRange Range(string start, string end) => new(ClockTime.Parse(start), ClockTime.Parse(end));

    private static ClockTime? Time(string? text) => text is null ? null : ClockTime.Parse(text);

    private static Instant At(string local) => Minutes.Parse(local).Value
        .InZoneStrictly(DateTimeZoneProviders.Tzdb[NewYork]).ToInstant();

    private static string? Local(Instant? at) =>
        at is { } instant ? Minutes.Format(instant.InZone(DateTimeZoneProviders.Tzdb[NewYork]).LocalDateTime) : null;

    private static readonly LocalDateTimePattern Minutes =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
}
