namespace Thorbis.Ledger.Domain.Usage;

/// <summary>Sums of contributions, and what is derived from them.</summary>
public sealed class UsageFigures
{
    private readonly long[] _sums = new long[Contribution.FigureCount];

    public long this[Figure figure]
    {
        get => _sums[(int)figure];
        set => _sums[(int)figure] = value;
    }

    /// <summary>Incoming calls nobody took: voicemail, abandoned and unanswered.</summary>
    public long Missed => this[Figure.Voicemail] + this[Figure.Abandoned] + this[Figure.Unanswered];

    /// <summary>Answered and missed: what the shares below are of.</summary>
    public long Offered => this[Figure.Answered] + Missed;

    /// <summary>Answered over answered + missed; null when there are none.</summary>
    public decimal? AnswerRate => Share.Of(this[Figure.Answered], Offered);

    /// <summary>Abandoned over answered + missed; null when there are none.</summary>
    public decimal? AbandonmentRate => Share.Of(this[Figure.Abandoned], Offered);

    /// <summary>Seconds per call with talk time, to the microsecond; null without such calls.</summary>
    public decimal? AverageTalkSeconds =>
        Average(this[Figure.TalkMicroseconds] / 1_000_000m, this[Figure.TalkCalls]);

    /// <summary>Seconds per ended call, to the microsecond; null without such calls.</summary>
    public decimal? AverageRingSeconds =>
        Average(this[Figure.RingMicroseconds] / 1_000_000m, this[Figure.CallsEnded]);

    /// <summary>Seconds per call with billable time, to the microsecond; null without such calls.</summary>
    public decimal? AverageBillableSeconds =>
        Average(this[Figure.BillableSeconds], this[Figure.BillableCalls]);

    /// <summary>Adds what a call or message contributes, or with -1 takes it away.</summary>
    /// <param name="times">1 or -1.</param>
    public void Add(Contribution contribution, int times = 1)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += times * contribution.Figures[i];
        }
    }

    /// <summary>Adds other sums, or with -1 takes them away.</summary>
    /// <param name="times">1 or -1.</param>
    public void Add(UsageFigures other, int times = 1)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += times * other._sums[i];
        }
    }

    private static decimal? Average(decimal seconds, long calls) =>
        calls == 0 ? null : Math.Round(seconds / calls, 6, MidpointRounding.AwayFromZero);
}
