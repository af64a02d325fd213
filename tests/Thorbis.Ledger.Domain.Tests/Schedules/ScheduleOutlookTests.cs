using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class ScheduleOutlookTests
{
    private static readonly Instant Begin = At("2030-03-01T00:00:00Z");
    private static readonly Schedule Office = Plans.Of("UTC", Plans.Week("Mon-Fri 09:00-17:00"));

    /// <summary>All asked on Monday, 4 March 2030 at 10:00.</summary>
    [Theory, Table("""
        week                 from                   until
        Mon-Fri 09:00-17:00  2030-03-04T12:00:00Z   2030-03-04T17:00:00Z # Other terms that say the same.
        Mon-Fri 09:00-18:00  2030-03-04T12:00:00Z   2030-03-04T18:00:00Z # Longer: no change at 12, none at 17.
        Mon-Fri 09:00-18:00  2030-03-04T17:00:00Z   2030-03-04T18:00:00Z # At the very end it goes on.
        Mon-Fri 09:00-18:00  2030-03-04T17:01:00Z   2030-03-04T17:00:00Z # Too late for that.
        Mon-Fri 07:00-11:00  2030-03-04T12:00:00Z   2030-03-04T12:00:00Z # Closed as soon as it is in force.
        """)]
    public void Until_knows_of_terms_to_come(string week, string from, string until)
    {
        var next = Office with { Name = "next", Week = Plans.Week(week) };

        var state = ScheduleOutlook.At(Of((Office, Begin, false), (next, At(from), false)), At("2030-03-04T10:00:00Z"));

        Assert.Equal(new OpenState(true, At(until), null, null), state);
    }

    [Fact]
    public void A_retirement_ends_what_it_says_and_nothing_is_said_before_it_begins()
    {
        var schedule = Of((Office, Begin, false), (Office, At("2030-03-04T10:30:00Z"), true));

        Assert.Equal(At("2030-03-04T10:30:00Z"), ScheduleOutlook.At(schedule, At("2030-03-04T10:00:00Z"))?.Until);
        Assert.Null(ScheduleOutlook.At(schedule, At("2030-03-04T10:30:00Z")));
        Assert.Null(ScheduleOutlook.At(schedule, Begin - Duration.Epsilon));
        Assert.Equal(Begin, schedule.BeginAfter(Begin - Duration.Epsilon));
    }

    [Fact]
    public void Another_destination_after_hours_is_a_change_too()
    {
        var schedule = Of(
            (Office, Begin, false), (Office with { AfterHours = new ToBusy() }, At("2030-03-04T20:00:00Z"), false));

        Assert.Equal(At("2030-03-04T20:00:00Z"), ScheduleOutlook.At(schedule, At("2030-03-04T18:00:00Z"))?.Until);
    }

    /// <summary>Versions recorded 1, 2 … seconds after 1970.</summary>
    private static ScheduleState Of(params IEnumerable<(Schedule Terms, Instant From, bool Retired)> decided) => new(
        Guid.Empty,
        [
            .. decided.Select((one, i) => new ScheduleVersion(
                i + 1, one.Terms, one.Retired, Instant.FromUnixTimeSeconds(i + 1), one.From, "user:a", null, null)),
        ]);

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
