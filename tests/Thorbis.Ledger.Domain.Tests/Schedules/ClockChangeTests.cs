using NodaTime;
using NodaTime.TimeZones;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

/// <summary>Every clock change of every zone from 1972 to 2040, minute by minute for 48 hours before and
/// after.</summary>
public sealed class ClockChangeTests
{
    private const long Around = 48 * 3600;
    private static readonly Instant First = Instant.FromUtc(1972, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2041, 1, 1, 0, 0);

    // Change by change, one after the other. Edges on the hour lie on the bounds of gaps and overlaps, those on a
    // quarter within them, also where clocks change by half an hour.
    private static readonly (string Name, IReadOnlyList<OpenRange> Week, bool LastSundays)[] Cases =
    [
        ("quarters", EveryHour(15, 45, 1), false),
        ("hours", EveryHour(0, 60, 2), false),
        ("nights", Plans.Week("Mon-Sun 22:00-30:00"), false),
        ("quarters but last Sundays", EveryHour(15, 45, 1), true),
        ("to midnight", Plans.Week("Mon-Fri 09:00-17:00; Sat 01:30-24:00; Sun 00:30-02:30,23:00-24:00"), false),
        ("nights but last Sundays", Plans.Week("Mon-Sun 22:00-25:30"), true),
        ("always", WeekPresets.Always, false),
    ];

    private static readonly bool[] Sundays = PlainReading.LastSundays();
    private static readonly bool[] None = new bool[Sundays.Length];

    private static IReadOnlyList<Holiday> LastSundays =>
    [
        .. Enumerable.Range(1, 12).Select(month =>
            Plans.Closed("last Sunday", new LastWeekday(month, IsoDayOfWeek.Sunday))),
    ];

    [Fact]
    public void Around_every_clock_change_each_minute_is_as_the_local_clock_says()
    {
        var zones = TzdbDateTimeZoneSource.Default.CanonicalIdMap.Values.Distinct().Order().ToList();
        var changes = 0;

        Parallel.ForEach(zones, id => Interlocked.Add(ref changes, WalkZone(id)));

        TestContext.Current.SendDiagnosticMessage("{0} zones, {1} clock changes", zones.Count, changes);
        Assert.True(zones.Count > 300 && changes > 15_000, $"{zones.Count} zones, {changes} clock changes");
    }

    private static int WalkZone(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var plans = Cases.Select(one => new Plan(
            $"{id}, {one.Name}", zone, Timetable.Of(Plans.Of(id, one.Week, one.LastSundays ? LastSundays : [])),
            new(one.Week, one.LastSundays ? Sundays : None))).ToList();
        var changes = zone.GetZoneIntervals(First, End).Where(interval => interval.HasStart && interval.Start >= First)
            .ToList();
        foreach (var (number, change) in changes.Index())
        {
            plans[number % plans.Count].Walk(change.Start.ToUnixTimeSeconds());
        }
        return changes.Count;
    }

    private static IReadOnlyList<OpenRange> EveryHour(int start, int end, int step) =>
    [
        .. from day in Enumerable.Range(1, 7)
           from hour in Enumerable.Range(0, 24 / step)
           let midnight = hour * step * 60
           select new OpenRange((IsoDayOfWeek)day, new(midnight + start), new(midnight + end)),
    ];

    private sealed record Plan(string Name, DateTimeZone Zone, Timetable Timetable, PlainReading Plain)
    {
        public void Walk(long change)
        {
            var (from, to) = (change - Around, change + Around);
            OpenState? state = null;
            var until = from;
            foreach (var interval in Zone.GetZoneIntervals(At(from), At(to)))
            {
                var end = interval.HasEnd ? Math.Min(to, interval.End.ToUnixTimeSeconds()) : to;
                for (; from < end; from += 60)
                {
                    if (from >= until)
                    {
                        state = Timetable.At(At(from));
                        until = state.Until?.ToUnixTimeSeconds() ?? to;
                        CheckUntil(from, until, to);
                    }
                    Check(from, Plain.At(from + interval.WallOffset.Seconds), state!);
                }
            }
        }

        /// <summary>The walk shows that nothing changes before it.</summary>
        private void CheckUntil(long from, long until, long to)
        {
            if (until <= from || (until < to && PlainAt(until) == PlainAt(until - 1)))
            {
                Assert.Fail($"{Name}: nothing changes at {At(until)}, the end told at {At(from)}");
            }
        }

        private (bool, bool) PlainAt(long second) => Plain.At(second + Zone.GetUtcOffset(At(second)).Seconds);

        private void Check(long second, (bool Open, bool Holiday) expected, OpenState found)
        {
            // The short answer finds its state as the long one does: a look at it every now and then is enough.
            if (expected.Open != found.Open || expected.Holiday != (found.Holiday is not null)
                || (second % 7 == 0 && Timetable.IsOpenAt(At(second)) != expected.Open))
            {
                Assert.Fail($"{Name}: (open, holiday) at {At(second)} is {expected}, told was {found}");
            }
        }

        private static Instant At(long second) => Instant.FromUnixTimeSeconds(second);
    }
}
