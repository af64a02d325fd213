using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Spreads communications over the period: business hours and week days of each company's zone.</summary>
internal sealed class TrafficProfile
{
    private const int SlotMinutes = 15;
    private static readonly double[] HourWeights =
    [
        0.02, 0.01, 0.01, 0.01, 0.02, 0.05, 0.15, 0.4, 0.8, 1.1, 1.25, 1.15,
        0.8, 0.95, 1.1, 1.05, 0.95, 0.7, 0.4, 0.25, 0.15, 0.1, 0.06, 0.03,
    ];

    private readonly Instant from;
    private readonly Duration length;
    private readonly double[][] weights;
    private readonly double total;
    private int slot;
    private double passed;

    public TrafficProfile(TrafficOptions options)
    {
        from = options.From;
        length = options.Until - options.From;
        var slots = (int)Math.Ceiling(length.TotalMinutes / SlotMinutes);
        var zones = options.Companies.Select(c => DateTimeZoneProviders.Tzdb[c.Zone]).ToArray();
        weights = [.. Enumerable.Range(0, slots).Select(s => zones
            .Select((zone, c) => options.Companies[c].Weight * Covered(s) * (options.Flat ? 1 : Busy(Start(s), zone)))
            .ToArray())];
        total = weights.Sum(w => w.Sum());
    }

    /// <summary>When <paramref name="position"/> of all traffic has begun, and whose turn it is.</summary>
    /// <param name="position">0 to 1, never less than in the call before.</param>
    public (Instant At, int Company) Place(double position, TrafficRandom random)
    {
        var target = position * total;
        while (slot < weights.Length - 1 && passed + weights[slot].Sum() <= target)
        {
            passed += weights[slot++].Sum();
        }
        var within = Math.Min(1, (target - passed) / weights[slot].Sum());
        var ticks = (long)(within * Covered(slot) * SlotMinutes * NodaConstants.TicksPerMinute);
        return (Start(slot) + Duration.FromTicks(ticks), Choose(weights[slot], random));
    }

    private Instant Start(int index) => from + Duration.FromMinutes((long)index * SlotMinutes);

    /// <summary>How much of a slot lies in the period: 1, but for the last one.</summary>
    private double Covered(int index) => Math.Min(1, (length.TotalMinutes / SlotMinutes) - index);

    private static double Busy(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone);
        var weekDay = local.DayOfWeek switch
        {
            IsoDayOfWeek.Saturday => 0.3,
            IsoDayOfWeek.Sunday => 0.12,
            IsoDayOfWeek.Monday => 1.15,
            _ => 1,
        };
        return weekDay * HourWeights[local.Hour];
    }

    private static int Choose(double[] parts, TrafficRandom random)
    {
        var rest = random.Unit() * parts.Sum();
        var choice = 0;
        while (choice < parts.Length - 1 && rest >= parts[choice])
        {
            rest -= parts[choice++];
        }
        return choice;
    }
}
