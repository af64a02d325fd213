using NodaTime;
using NodaTime.TimeZones;

namespace Thorbis.Ledger.Domain.Usage;

/// <summary>
/// A range of time parted into the steps of a zone. Every bound lies on a quarter of an hour, so that a figure of a
/// step is an exact sum of 15-minute buckets.
/// </summary>
public sealed class UsageRange
{
    /// <summary>Over a year of hours.</summary>
    public const int MostPoints = 10_000;

    private static readonly ZoneLocalMappingResolver FirstOfDay = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly Instant Earliest = Instant.FromUtc(1, 1, 2, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9998, 1, 1, 0, 0);

    private UsageRange(Instant from, Instant to, DateTimeZone zone, UsageStep by, IReadOnlyList<UsagePoint> points) =>
        (From, To, Zone, By, Points) = (from, to, zone, by, points);

    /// <summary>Inclusive.</summary>
    public Instant From { get; }

    /// <summary>Exclusive.</summary>
    public Instant To { get; }

    public DateTimeZone Zone { get; }

    public UsageStep By { get; }

    /// <summary>Without gaps from <see cref="From"/> to <see cref="To"/>, in order; never empty.</summary>
    public IReadOnlyList<UsagePoint> Points { get; }

    /// <summary>The range, or null with the refusal that says why not.</summary>
    public static UsageRange? Of(
        Instant from, Instant to, DateTimeZone zone, UsageStep by, out RangeRefusal? refusal)
    {
        var points = new List<UsagePoint>();
        refusal = Bounds(from, to);
        for (var at = from; refusal is null && at < to;)
        {
            var next = Instant.Min(to, by == UsageStep.Hour ? NextHour(at, zone) : NextDay(at, zone, by));
            points.Add(new UsagePoint(Label(at, zone), Label(next, zone)));
            refusal = Limits(next, zone, points.Count);
            at = next;
        }
        return refusal is null ? new UsageRange(from, to, zone, by, points) : null;
    }

    /// <summary>The point that holds an instant, by its place in <see cref="Points"/>; -1 outside the range.</summary>
    public int IndexOf(Instant at)
    {
        if (at < From || at >= To)
        {
            return -1;
        }
        var (low, high) = (0, Points.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Points[middle].Start.ToInstant() <= at ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    private static RangeRefusal? Bounds(Instant from, Instant to)
    {
        if (!OnQuarter(from) || from < Earliest || from > Latest)
        {
            return new RangeRefusal("from", "It must lie on a quarter of an hour, in the years 1 to 9997.");
        }
        if (!OnQuarter(to) || to > Latest)
        {
            return new RangeRefusal("to", "It must lie on a quarter of an hour, in the years 1 to 9997.");
        }
        return to > from ? null : new RangeRefusal("to", "It must be later than from.");
    }

    // Before zones were standard, and in Liberia until 1972, clocks were off by odd minutes and seconds.
    private static RangeRefusal? Limits(Instant bound, DateTimeZone zone, int count) =>
        !OnQuarter(bound) ? new RangeRefusal("zone", $"{zone.Id} was not on a quarter of an hour in this range.")
        : count > MostPoints ? new RangeRefusal("by", $"The range has more than {MostPoints} steps of this size.")
        : null;

    private static bool OnQuarter(Instant at) => at == Contribution.BucketOf(at);

    private static OffsetDateTime Label(Instant at, DateTimeZone zone) => at.WithOffset(zone.GetUtcOffset(at));

    /// <summary>The next instant at which the local clock shows a whole hour, or jumps at one.</summary>
    private static Instant NextHour(Instant at, DateTimeZone zone)
    {
        var interval = zone.GetZoneInterval(at);
        var next = WholeHourAfter(at, interval.WallOffset);
        if (!interval.HasEnd || next <= interval.End)
        {
            return next;
        }
        var jumped = zone.GetUtcOffset(interval.End);
        return WholeHourAfter(interval.End - Duration.Epsilon, jumped);
    }

    private static Instant WholeHourAfter(Instant at, Offset offset)
    {
        var local = at.ToUnixTimeSeconds() + offset.Seconds;
        var hour = local - (((local % 3600) + 3600) % 3600);
        return Instant.FromUnixTimeSeconds(hour + 3600 - offset.Seconds);
    }

    /// <summary>The start of the next local day, week or month; a day that the zone skipped has none.</summary>
    private static Instant NextDay(Instant at, DateTimeZone zone, UsageStep by)
    {
        var date = at.InZone(zone).Date;
        Instant next;
        do
        {
            date = by switch
            {
                UsageStep.Week => date.Next(IsoDayOfWeek.Monday),
                UsageStep.Month => date.With(DateAdjusters.StartOfMonth).PlusMonths(1),
                _ => date.PlusDays(1),
            };
            next = zone.ResolveLocal(date.AtMidnight(), FirstOfDay).ToInstant();
        }
        while (next <= at); // The clock was set back over midnight, and reads yesterday again.
        return next;
    }
}
