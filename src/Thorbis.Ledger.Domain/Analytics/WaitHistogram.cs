namespace Thorbis.Ledger.Domain.Analytics;

/// <summary>Waits of one kind, counted in bins: their average exact, their percentiles nearly.</summary>
public sealed class WaitHistogram
{
    private readonly SortedDictionary<int, long> _calls = [];

    public long Calls { get; private set; }

    public decimal TotalSeconds { get; private set; }

    /// <summary>Exact, to the microsecond; null without calls.</summary>
    public decimal? AverageSeconds => Calls == 0 ? null : Rounded(TotalSeconds / Calls);

    /// <summary>Adds what a bin holds.</summary>
    /// <param name="microseconds">The sum of its waits.</param>
    public void Add(int bin, long calls, long microseconds)
    {
        _calls[bin] = _calls.GetValueOrDefault(bin) + calls;
        Calls += calls;
        TotalSeconds += microseconds / 1_000_000m;
    }

    /// <summary>Calls in this bin and those below it.</summary>
    public long CallsUpTo(int bin) => _calls.Where(held => held.Key <= bin).Sum(held => held.Value);

    /// <summary>
    /// The shortest wait that <paramref name="percent"/> of the calls, rounded up to a whole call, did not exceed; off
    /// by at most <see cref="WaitBins.ErrorBound"/> of it. Null without calls.
    /// </summary>
    /// <param name="percent">1 to 100.</param>
    public decimal? PercentileSeconds(int percent)
    {
        var rank = ((Calls * percent) + 99) / 100;
        foreach (var (bin, calls) in _calls)
        {
            rank -= calls;
            if (rank <= 0)
            {
                return Calls == 0 ? null : Rounded((decimal)WaitBins.MiddleOf(bin) / 1_000_000m);
            }
        }
        return null;
    }

    private static decimal Rounded(decimal seconds) => Math.Round(seconds, 6, MidpointRounding.AwayFromZero);
}
