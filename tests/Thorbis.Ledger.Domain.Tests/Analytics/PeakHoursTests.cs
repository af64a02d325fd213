using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Usage;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Analytics;

public sealed class PeakHoursTests
{
    private static readonly Instant Later = Instant.FromUtc(2027, 1, 1, 0, 0);

    [Theory, Table("""
        zone                 from               to                 hour      occurrences
        America/New_York     2026-03-02T05:00Z  2026-03-16T04:00Z  Monday 9  2
        # Clocks went forward on Sunday the 8th: there was no hour from 2 to 3,
        America/New_York     2026-03-08T05:00Z  2026-03-09T04:00Z  Sunday 2  -
        America/New_York     2026-03-01T05:00Z  2026-03-16T04:00Z  Sunday 2  2
        America/New_York     2026-03-01T05:00Z  2026-03-16T04:00Z  Sunday 3  3
        # and on November 1st there were two from 1 to 2.
        America/New_York     2026-11-01T04:00Z  2026-11-02T05:00Z  Sunday 1  2
        America/New_York     2026-11-01T04:00Z  2026-11-02T05:00Z  Sunday 2  1
        # Half an hour forward, half an hour back.
        Australia/Lord_Howe  2026-10-03T13:30Z  2026-10-04T13:00Z  Sunday 2  0.5
        Australia/Lord_Howe  2026-04-04T13:00Z  2026-04-05T13:30Z  Sunday 1  1.5
        # What the range cuts off is not there.
        Europe/Berlin        2026-01-05T08:15Z  2026-01-05T09:30Z  Monday 9  0.75
        Europe/Berlin        2026-01-05T08:15Z  2026-01-05T09:30Z  Monday 10  0.5
        """)]
    public void An_hour_of_the_week_occurs_as_often_as_the_clock_goes_through_it(
        string zone, string from, string to, string hour, decimal? occurrences)
    {
        var range = Range(zone, from, to);

        var found = PeakHours.Of(range, new long[range.Points.Count], Later)
            .SingleOrDefault(one => $"{one.Weekday} {one.Hour}" == hour);

        Assert.Equal(occurrences, found?.Occurrences);
    }

    [Theory, Table("""
        now                occurrences  mean
        2026-01-05T09:00Z  -            -       # It has not begun.
        2026-01-05T10:10Z  0.25         8       # As much of it as has begun, in quarters.
        2026-01-05T11:00Z  1            2
        2026-01-12T11:00Z  2            1
        2026-06-01T00:00Z  3            0.666667
        """)]
    public void What_is_still_to_come_has_not_occurred(string now, decimal? occurrences, decimal? mean)
    {
        var range = Range("UTC", "2026-01-05T00:00Z", "2026-01-26T00:00Z");
        var calls = new long[range.Points.Count];
        calls[range.IndexOf(At("2026-01-05T10:00Z"))] = 2;

        var hour = PeakHours.Of(range, calls, At(now))
            .SingleOrDefault(one => (one.Weekday, one.Hour) == (IsoDayOfWeek.Monday, 10));

        Assert.Equal((occurrences, mean), (hour?.Occurrences, hour?.Mean));
    }

    [Fact]
    public void Calls_of_the_same_hour_of_several_weeks_come_together_and_the_week_begins_on_monday()
    {
        var range = Range("America/New_York", "2026-03-01T05:00Z", "2026-03-16T04:00Z");
        var calls = new long[range.Points.Count];
        calls[range.IndexOf(At("2026-03-02T14:30Z"))] = 3; // Monday at 9, in winter,
        calls[range.IndexOf(At("2026-03-09T13:30Z"))] = 5; // and in summer.

        var week = PeakHours.Of(range, calls, Later);

        Assert.Equal(new PeakHour(IsoDayOfWeek.Monday, 9, 8, 2, 4), week.MaxBy(hour => hour.Mean));
        Assert.Equal((168, IsoDayOfWeek.Monday, 0), (week.Count, week[0].Weekday, week[0].Hour));
        Assert.Equal(15 * 24 - 1, week.Sum(hour => hour.Occurrences));
    }

    private static UsageRange Range(string zone, string from, string to) =>
        UsageRange.Of(At(from), At(to), DateTimeZoneProviders.Tzdb[zone], UsageStep.Hour, out _)!;

    private static Instant At(string text) => OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<G>")
        .Parse(text).Value.ToInstant();
}
