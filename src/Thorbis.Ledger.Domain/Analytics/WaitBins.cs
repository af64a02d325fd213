using NodaTime;

namespace Thorbis.Ledger.Domain.Analytics;

/// <summary>
/// Bins that waits are counted in, of equal relative width: bin 0 holds waits of 0, every other those above its lower
/// and up to its upper bound, which is 1.05 times the lower. <see cref="ServiceLevel"/> is a bound, so that the
/// service level is exact.
/// </summary>
/// <remarks>Numbers of bins are stored: another width is another table and a rebuild.</remarks>
public static class WaitBins
{
    private const double Growth = 1.05;

    /// <summary>The answer within which a call counts for the service level, inclusive.</summary>
    public static readonly Duration ServiceLevel = Duration.FromSeconds(20);

    /// <summary>Upper bounds in microseconds, by bin; the last is beyond every <see cref="long"/>.</summary>
    private static readonly double[] Bounds = [0, .. Below().Reverse(), .. Above()];

    /// <summary>A percentile read from bins is off by at most this share of the exact one.</summary>
    public const decimal ErrorBound = 0.025m;

    /// <summary>The last bin of waits within <see cref="ServiceLevel"/>.</summary>
    public static int LastInTime { get; } = Of(Micros(ServiceLevel));

    /// <param name="microseconds">0 or more.</param>
    public static int Of(long microseconds)
    {
        var place = Array.BinarySearch(Bounds, (double)microseconds);
        return place < 0 ? ~place : place;
    }

    /// <summary>Microseconds that are off from every wait of the bin by the same share at most.</summary>
    public static double MiddleOf(int bin) =>
        bin == 0 ? 0 : 2 * Bounds[bin - 1] * Bounds[bin] / (Bounds[bin - 1] + Bounds[bin]);

    // Plain multiplication and division: the same bits on every machine, unlike logarithms.
    private static IEnumerable<double> Below()
    {
        for (double bound = Micros(ServiceLevel); ; bound /= Growth)
        {
            yield return bound;
            if (bound < 1)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<double> Above()
    {
        for (var bound = Micros(ServiceLevel) * Growth; ; bound *= Growth)
        {
            yield return bound;
            if (bound > long.MaxValue)
            {
                yield break;
            }
        }
    }

    private static long Micros(Duration duration) => duration.BclCompatibleTicks / 10;
}
