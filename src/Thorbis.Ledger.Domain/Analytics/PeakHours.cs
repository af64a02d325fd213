using NodaTime;
using Thorbis.Ledger.Domain.Usage;

namespace Thorbis.Ledger.Domain.Analytics;

/// <summary>One hour of the week, on a zone's clock.</summary>
/// <param name="Hour">0 to 23: from its full hour to the next.</param>
/// <param name="Calls">Incoming ones, at their usage instants.</param>
/// <param name="Occurrences">
/// How often the clock went through it. An hour that the range or a clock change cuts counts as the part it is.
/// </param>
/// <param name="Mean">Calls per occurrence.</param>
public sealed record PeakHour(IsoDayOfWeek Weekday, int Hour, long Calls, decimal Occurrences, decimal Mean);

public static class PeakHours
{
    /// <summary>The hours of the week that occur, from Monday on.</summary>
    /// <param name="hours">By <see cref="UsageStep.Hour"/>.</param>
    /// <param name="calls">Per point of the range.</param>
    /// <param name="now">What has not begun by then has not occurred; rounded up to a quarter of an hour.</param>
    public static IReadOnlyList<PeakHour> Of(UsageRange hours, IReadOnlyList<long> calls, Instant now)
    {
        var until = Contribution.BucketOf(now) + Duration.FromMinutes(15);
        var week = new SortedDictionary<(IsoDayOfWeek Weekday, int Hour), (long Calls, decimal Hours)>();
        for (var i = 0; i < hours.Points.Count; i++)
        {
            var point = hours.Points[i];
            var end = Instant.Min(point.End.ToInstant(), until);
            if (end > point.Start.ToInstant())
            {
                var key = (point.Start.DayOfWeek, point.Start.Hour);
                var known = week.GetValueOrDefault(key);
                week[key] = (known.Calls + calls[i], known.Hours + Hours(point.Start.ToInstant(), end));
            }
        }
        return [.. week.Select(hour => new PeakHour(
            hour.Key.Weekday, hour.Key.Hour, hour.Value.Calls, hour.Value.Hours,
            Math.Round(hour.Value.Calls / hour.Value.Hours, 6, MidpointRounding.AwayFromZero)))];
    }

    // Bounds lie on quarters of an hour, so this is exact.
    private static decimal Hours(Instant from, Instant to) => (to - from).BclCompatibleTicks / 36_000_000_000m;
}
