using CsCheck;
using Thorbis.Ledger.Domain.Analytics;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Analytics;

public sealed class WaitHistogramTests
{
    /// <summary>From microseconds to days, each length as likely as any other; and none at all.</summary>
    private static readonly Gen<long> Wait = Gen.OneOf(
        Gen.Const(0L), Gen.Double[0, 26].Select(power => (long)Math.Exp(power)), Gen.Long[0, 60_000_000]);

    [Theory, Table("""
        microseconds          bin
        0                     0      # Waits of nothing are apart.
        1                     2
        20000000              346    # The service level is a bound, inclusive,
        20000001              347    # so that it is exact.
        21000000              347    # Each bin is a twentieth wider than the one before.
        21000001              348
        9223372036854775807   897
        """)]
    public void A_wait_has_its_bin_for_good(long microseconds, int bin) =>
        Assert.Equal(bin, WaitBins.Of(microseconds));

    [Fact]
    public void The_middle_of_a_bin_is_within_the_error_bound_of_every_wait_in_it() =>
        Wait.Sample(wait =>
            Math.Abs(WaitBins.MiddleOf(WaitBins.Of(wait)) - wait) <= (double)WaitBins.ErrorBound * wait);

    [Fact]
    public void A_percentile_is_within_the_error_bound_of_the_exact_one() =>
        Gen.Select(Wait.Array[1, 40], Gen.Int[1, 100]).Sample((waits, percent) =>
        {
            var exact = waits.Order().ElementAt((((waits.Length * percent) + 99) / 100) - 1) / 1_000_000m;
            // A microsecond is what the answer is rounded to.
            return Math.Abs(Of(waits).PercentileSeconds(percent)!.Value - exact)
                <= (WaitBins.ErrorBound * exact) + 0.000001m;
        });

    [Fact]
    public void Average_and_service_level_are_exact() =>
        Wait.Array[1, 40].Sample(waits =>
        {
            var histogram = Of(waits);
            var average = Math.Round(waits.Sum() / 1_000_000m / waits.Length, 6, MidpointRounding.AwayFromZero);
            return histogram.AverageSeconds == average
                && histogram.CallsUpTo(WaitBins.LastInTime) == waits.Count(wait => wait <= 20_000_000);
        });

    [Theory, Table("""
        waits                    average   median  p90
        -                        -         -       -
        3                        3         3       3
        1,2,3,4                  2.5       2       4      # Half of four is two: the shorter of the middle ones.
        1,2,3,4,5,6,7,8,9,90     13.5      5       9
        0,0,0,8                  2         0       8
        """)]
    public void A_percentile_is_the_shortest_wait_that_so_many_did_not_exceed(
        string? waits, decimal? average, decimal? median, decimal? p90)
    {
        var histogram = Of([.. (waits?.Split(',') ?? []).Select(seconds => long.Parse(seconds) * 1_000_000)]);

        Assert.Equal(average, histogram.AverageSeconds);
        Near(median, histogram.PercentileSeconds(50));
        Near(p90, histogram.PercentileSeconds(90));
    }

    private static void Near(decimal? exact, decimal? read)
    {
        Assert.Equal(exact is null, read is null);
        Assert.InRange(Math.Abs((read - exact) ?? 0), 0, exact * WaitBins.ErrorBound ?? 0);
    }

    private static WaitHistogram Of(long[] waits)
    {
        var histogram = new WaitHistogram();
        Array.ForEach(waits, wait => histogram.Add(WaitBins.Of(wait), 1, wait));
        return histogram;
    }
}
