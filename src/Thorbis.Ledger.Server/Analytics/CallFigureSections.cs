using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>The sections that come out of sums, each with the list of its calls.</summary>
/// <param name="calls">The range and the number.</param>
/// <param name="hours">Sums per hour of the range.</param>
internal sealed class CallFigureSections(
    CallFilter calls, UsageFigures[] hours, IReadOnlyDictionary<WaitKind, WaitHistogram> waits)
{
    private static readonly string Answered = Words.Of(CallOutcome.Answered);
    private static readonly string Abandoned = Words.Of(CallOutcome.Abandoned);
    private static readonly string Voicemail = Words.Of(CallOutcome.Voicemail);
    private static readonly string Incoming = Words.Of(CallDirection.Incoming);

    /// <summary>Outcomes of callers whom nobody took.</summary>
    public static readonly string Missed = $"{Voicemail},{Abandoned},{Words.Of(CallOutcome.Unanswered)}";

    private readonly UsageFigures _totals = Sum(hours);
    private readonly CallFilter _answered = calls with { Direction = Incoming, Outcome = Answered };
    private readonly CallFilter _abandoned = calls with { Direction = Incoming, Outcome = Abandoned };
    private readonly CallFilter _offered = calls with { Direction = Incoming, Outcome = $"{Answered},{Missed}" };

    public ShareFigure Abandonment() => ShareOf(
        _totals.AbandonmentRate, _totals[Figure.Abandoned], Seconds(CallView.ShortFor), _abandoned);

    public ShareFigure AnswerRate() => ShareOf(_totals.AnswerRate, _totals[Figure.Answered], null, _answered);

    public ShareFigure ServiceLevel()
    {
        var inTime = waits[WaitKind.Answered].CallsUpTo(WaitBins.LastInTime);
        var threshold = Seconds(WaitBins.ServiceLevel);
        return ShareOf(
            Share.Of(inTime, _totals.Offered), inTime, threshold, _answered with { WaitWithin = (int)threshold });
    }

    public WaitFigure Wait() => WaitOf(WaitKind.Answered, _answered);

    public WaitFigure WaitOfAbandoned() => WaitOf(WaitKind.Abandoned, _abandoned);

    public WaitFigure WaitOfVoicemail() => WaitOf(WaitKind.Voicemail, _answered with { Outcome = Voicemail });

    public WaitFigure QueueTime() => WaitOf(
        WaitKind.Queue, calls with { Direction = Incoming, Queued = true });

    public PeakHoursFigure PeakHours(UsageRange range, Instant now)
    {
        var incoming = hours.Select(hour => hour[Figure.CallsIn]).ToList();
        var week = Domain.Analytics.PeakHours.Of(range, incoming, now).Select(WeekHour.Of).ToList();
        var peak = week.MaxBy(hour => hour.Mean);
        return new(
            GetUsage.Definitions, peak?.Calls > 0 ? peak : null, week, (calls with { Direction = Incoming }).Link());
    }

    private ShareFigure ShareOf(decimal? rate, long part, decimal? threshold, CallFilter counted) => new(
        GetUsage.Definitions, rate, part, _totals.Offered, threshold, counted.Link(), _offered.Link());

    private WaitFigure WaitOf(WaitKind kind, CallFilter counted)
    {
        var told = waits[kind];
        return new(
            GetUsage.Definitions, told.Calls, told.TotalSeconds, told.AverageSeconds, told.PercentileSeconds(50),
            told.PercentileSeconds(90), WaitBins.ErrorBound, counted.Link());
    }

    private static UsageFigures Sum(UsageFigures[] hours)
    {
        var sum = new UsageFigures();
        foreach (var hour in hours)
        {
            sum.Add(hour);
        }
        return sum;
    }

    private static decimal Seconds(Duration duration) => (decimal)duration.TotalSeconds;
}
