using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class ScheduleRulesTests
{
    [Theory, Table("""
        week                                        field
        -                                           -
        Mon 09:00-12:00,12:00-17:00                 -             # They touch.
        Mon 09:00-12:00,11:59-17:00                 week[1]
        Mon 12:00-17:00,09:00-12:01                 week[1]
        Mon 09:00-12:00,09:00-12:00                 week[1]
        Mon 09:00-17:00,10:00-11:00                 week[1]
        Mon 10:00-11:00,09:00-17:00                 week[1]
        Mon 09:00-12:00; Tue 09:00-12:00; Mon 13:00-14:00,13:30-15:00    week[3]
        Mon 20:00-26:00; Tue 02:00-04:00            -             # Over midnight,
        Mon 20:00-26:01; Tue 02:00-04:00            week[1]
        Tue 02:00-04:00; Mon 20:00-26:01            week[1]
        Sun 20:00-26:01; Mon 02:00-04:00            week[1]       # and over the end of the week.
        Mon 00:00-48:00; Wed 00:00-24:00            -
        Mon 00:00-48:00; Tue 23:59-24:00            week[1]
        Mon 09:00-09:00                             week[0].end
        Mon 22:00-02:00                             week[0].end   # It would have to be 26:00.
        Mon 22:00-48:01                             week[0].end
        Mon 23:59-24:00                             -
        Mon 24:00-26:00                             week[0].start # That is Tuesday's.
        """)]
    public void A_week_that_cannot_be_meant_is_refused_by_its_field(string? week, string? field) =>
        Assert.Equal(field, Field(Plans.Of("UTC", Plans.Week(week ?? ""))));

    [Theory, Table("""
        zone                field
        America/New_York    -
        US/Eastern          -       # A link is a zone.
        UTC                 -
        Asia/Kathmandu      -
        America/Newyork     zone
        america/new_york    zone
        EST5EDT4            zone
        UTC+5               zone
        UTC+05              zone    # NodaTime reads it, but an offset knows no clock change.
        .                   zone
        """)]
    public void A_zone_is_one_of_the_tz_database(string zone, string? field) =>
        Assert.Equal(field, Field(Plans.Of(zone.Replace(".", "", StringComparison.Ordinal), [])));

    [Fact]
    public void A_week_has_up_to_200_ranges_and_a_schedule_up_to_200_holidays()
    {
        var ranges = Enumerable.Range(0, 201)
            .Select(i => new OpenRange((IsoDayOfWeek)((i % 7) + 1), new(i * 4), new((i * 4) + 2))).ToList();
        var holiday = Plans.Closed("Christmas", new FixedDate(12, 25));

        Assert.Null(Field(Plans.Of("UTC", ranges[..200], [.. Enumerable.Repeat(holiday, 200)])));
        Assert.Equal("week", Field(Plans.Of("UTC", ranges)));
        Assert.Equal("holidays", Field(Plans.Of("UTC", [], [.. Enumerable.Repeat(holiday, 201)])));
    }

    [Fact]
    public void The_holidays_of_a_schedule_have_up_to_4000_dates_together()
    {
        var once = Plans.Closed("200 days", new DateRange(new(2026, 1, 1), new LocalDate(2026, 1, 1).PlusDays(199)));
        var yearly = Plans.Closed("366 days", new YearlyRange(1, 1, 12, 31));

        Assert.Null(Field(Plans.Of("UTC", [], [.. Enumerable.Repeat(once, 20)])));
        Assert.Equal("holidays", Field(Plans.Of("UTC", [], [.. Enumerable.Repeat(once, 20), yearly])));
        Assert.Equal("holidays", Field(Plans.Of("UTC", [], [.. Enumerable.Repeat(yearly, 11)])));
        Assert.Null(Field(Plans.Of("UTC", [], [.. Enumerable.Repeat(yearly, 10)])));
    }

    [Fact]
    public void What_a_schedule_leaves_out_is_refused_by_its_field()
    {
        var plan = Plans.Of("UTC", WeekPresets.Weekdays);

        Assert.Equal("name", Field(plan with { Name = null! }));
        Assert.Equal("name", Field(plan with { Name = " " }));
        Assert.Equal("name", Field(plan with { Name = new string('a', 101) }));
        Assert.Equal("name", Field(plan with { Name = "two\nlines" }));
        Assert.Null(Field(plan with { Name = new string('a', 100) }));
        Assert.Equal("zone", Field(plan with { Zone = null! }));
        Assert.Equal("week", Field(plan with { Week = null! }));
        Assert.Equal("week[0]", Field(plan with { Week = [null!] }));
        Assert.Equal("week[0].day", Field(plan with { Week = [plan.Week[0] with { Day = IsoDayOfWeek.None }] }));
        Assert.Equal("afterHours", Field(plan with { AfterHours = null! }));
        Assert.Equal("holidays", Field(plan with { Holidays = null! }));
        Assert.Equal("holidays[0]", Field(plan with { Holidays = [null!] }));
    }

    private static readonly Dictionary<string, Destination> Destinations = new()
    {
        ["forward"] = new ToNumber("+12025550100"),
        ["no number"] = new ToNumber("2025550100"),
        ["voicemail"] = new ToMailbox("box"),
        ["no mailbox"] = new ToMailbox(" "),
        ["message"] = new ToAnnouncement(new SpokenText("We are closed.", "en-US", "female")),
        ["silence"] = new ToAnnouncement(new SpokenText("", "en-US", "female")),
        ["no message"] = new ToAnnouncement(null!),
        ["long message"] = new ToAnnouncement(new SpokenText(new string('a', 3_001), "en-US", "female")),
        ["no voice"] = new ToAnnouncement(new SpokenText("We are closed.", "en-US", null!)),
        ["no file"] = new ToAnnouncement(new AudioFile("")),
        ["hang up"] = new ToHangUp(),
        ["no member"] = new ToMember(""),
        ["no queue"] = new ToQueue(""),
        ["no menu"] = new ToMenu(null!),
    };

    [Theory, Table("""
        destination    field
        forward        -
        no number      number
        voicemail      -
        no mailbox     mailbox
        message        -
        silence        announcement.text
        no message     announcement
        long message   announcement.text
        no voice       announcement.voice
        no file        announcement.audio
        hang up        -
        no member      member
        no queue       queue
        no menu        menu
        """)]
    public void A_destination_says_whereto_after_hours_and_on_holidays(string destination, string? field)
    {
        var plan = Plans.Of("UTC", []) with { AfterHours = Destinations[destination] };
        var holiday = Plans.Closed("h", new FixedDate(1, 1)) with { Routing = Destinations[destination] };

        Assert.Equal(field is null ? null : $"afterHours.{field}", Field(plan));
        Assert.Equal(
            field is null ? null : $"holidays[0].routing.{field}", Field(Plans.Of("UTC", [], holiday)));
    }

    internal static string? Field(Schedule schedule) => ScheduleRules.Refuse(schedule)?.Field;
}
