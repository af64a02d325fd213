using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class ScheduleJsonTests
{
    /// <summary>Stored in facts: names are permanent.</summary>
    [Fact]
    public void A_schedule_reads_well_as_JSON()
    {
        var plan = new Schedule(
            "bar", "Europe/Dublin", [new(IsoDayOfWeek.Friday, ClockTime.Parse("18:00"), ClockTime.Parse("26:00"))],
            new ToMailbox("box"),
            [
                new("Eve", new FixedDate(12, 24, Observance.NearestWeekday), new ClosedHours(ClockTime.Parse("12:00"))),
                new("Easter", new EasterDay(1), new OwnHours([new(ClockTime.Parse("20:00"), ClockTime.EndOfDay)]),
                    new ToHangUp(), 2026),
                new("Works", new DateRange(new(2026, 12, 28), new(2027, 1, 2)), new ClosedHours()),
            ]);

        Assert.Equal("""
            {"name":"bar","zone":"Europe/Dublin",
            "week":[{"day":"friday","start":"18:00","end":"26:00"}],
            "afterHours":{"kind":"voicemail","mailbox":"box"},
            "holidays":[
            {"name":"Eve","rule":{"kind":"fixed","month":12,"day":24,"observed":"nearestWeekday","inLieu":false},
            "hours":{"kind":"closed","from":"12:00"}},
            {"name":"Easter","rule":{"kind":"easter","days":1,"church":"western"},
            "hours":{"kind":"own","ranges":[{"start":"20:00","end":"24:00"}]},
            "routing":{"kind":"hang_up"},"firstYear":2026},
            {"name":"Works","rule":{"kind":"range","from":"2026-12-28","to":"2027-01-02"},
            "hours":{"kind":"closed"}}]}
            """.ReplaceLineEndings(""), LedgerJson.Write(plan));
        Assert.Equal(plan, LedgerJson.Reload(plan));
    }

    [Fact]
    public void The_presets_are_weeks_that_can_be_taken()
    {
        Assert.Equal(Plans.Week("Mon-Fri 09:00-17:00"), WeekPresets.Weekdays);
        Assert.Equal(Plans.Week("Mon-Fri 08:00-18:00"), WeekPresets.Extended);
        Assert.Equal(Plans.Week("Mon-Fri 07:00-15:00"), WeekPresets.Early);
        Assert.Equal(Plans.Week("Mon-Sun 00:00-24:00"), WeekPresets.Always);
        Assert.Null(ScheduleRules.Refuse(Plans.Of("UTC", WeekPresets.Always)));
    }

    [Fact]
    public void A_day_is_copied_over_others()
    {
        var plan = Plans.Of("UTC", Plans.Week("Mon 09:00-12:00,13:00-26:00; Tue 08:00-09:00; Sun 10:00-11:00"));

        var copied = plan.CopyDay(IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday);

        Assert.Equal(Plans.Week("Mon-Wed 09:00-12:00,13:00-26:00; Sun 10:00-11:00"), copied.Week);
        Assert.Equal(Plans.Week("Tue 08:00-09:00; Sun 10:00-11:00"),
            plan.CopyDay(IsoDayOfWeek.Saturday, IsoDayOfWeek.Monday).Week); // A closed day copies, too.
    }
}
