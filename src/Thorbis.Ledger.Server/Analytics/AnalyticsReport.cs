using NodaTime;
using Thorbis.Ledger.Domain.Analytics;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>The analytics of a range. Every section names the version of its definition and lists its calls.</summary>
/// <param name="Tzdb">Version of the zone rules that parted the range.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Number">Null for the whole company.</param>
/// <param name="AsOf">The place in the ledger up to which facts are in the figures.</param>
/// <param name="Wait">Of answered calls: the headline.</param>
/// <param name="QueueTime">In queues, as the carrier told it; apart from the waits.</param>
public sealed record AnalyticsReport(
    string Definitions, string Zone, string Tzdb, OffsetDateTime From, OffsetDateTime To, string? Number, long AsOf,
    ShareFigure Abandonment, ShareFigure AnswerRate, ShareFigure ServiceLevel, WaitFigure Wait,
    WaitFigure WaitOfAbandoned, WaitFigure WaitOfVoicemail, WaitFigure QueueTime, PeakHoursFigure PeakHours,
    GeographyFigure Geography, ConversionFigure Conversion);

/// <param name="Rate"><paramref name="Calls"/> over <paramref name="Of"/>, six decimals; null when that is 0.</param>
/// <param name="ThresholdSeconds">
/// Abandonment: who left within it, inclusive, is not counted. Service level: the wait that is in time, inclusive.
/// </param>
/// <param name="CallsLink">The calls counted.</param>
/// <param name="OfLink">The calls they are a share of.</param>
public sealed record ShareFigure(
    string Definition, decimal? Rate, long Calls, long Of, decimal? ThresholdSeconds, string CallsLink, string OfLink);

/// <param name="TotalSeconds">Exact, to the microsecond.</param>
/// <param name="AverageSeconds">Exact, to the microsecond; null without calls, as the percentiles.</param>
/// <param name="MedianSeconds">Off by at most <paramref name="ErrorBound"/> of it.</param>
/// <param name="P90Seconds">Likewise: nine of ten calls waited no longer.</param>
/// <param name="ErrorBound">Relative error of the percentiles, which are read from bins.</param>
public sealed record WaitFigure(
    string Definition, long Calls, decimal TotalSeconds, decimal? AverageSeconds, decimal? MedianSeconds,
    decimal? P90Seconds, decimal ErrorBound, string CallsLink);

/// <param name="Peak">The first of the busiest; null where no hour has a call.</param>
/// <param name="Hours">The hours of the week that occur in the range, from Monday on.</param>
public sealed record PeakHoursFigure(
    string Definition, WeekHour? Peak, IReadOnlyList<WeekHour> Hours, string CallsLink);

/// <param name="Weekday">1 is Monday, 7 is Sunday.</param>
/// <param name="Hour">0 to 23, on the zone's clock.</param>
/// <param name="Calls">Incoming.</param>
/// <param name="Occurrences">Of this hour in the range so far; a part of an hour counts as the part it is.</param>
/// <param name="Mean">Calls per occurrence, six decimals.</param>
public sealed record WeekHour(int Weekday, int Hour, long Calls, decimal Occurrences, decimal Mean)
{
    public static WeekHour Of(PeakHour hour) =>
        new((int)hour.Weekday, hour.Hour, hour.Calls, hour.Occurrences, hour.Mean);
}

/// <param name="Of">What the figures tell of: the other party's number, not the person's whereabouts.</param>
/// <param name="Tables">Whose tables tell countries and kinds of numbers.</param>
/// <param name="Countries">Most calls first.</param>
/// <param name="Unknown">Toll-free, SIP, anonymous, and numbers of no country.</param>
public sealed record GeographyFigure(
    string Definition, string Of, string Tables, IReadOnlyList<PlaceFigure> Countries, PlaceFigure Unknown,
    string CallsLink);

/// <param name="Place"><c>US</c>, <c>US-CA</c>, <c>US-CA-415</c> or <c>unknown</c>.</param>
/// <param name="In">Incoming calls.</param>
/// <param name="Out">Outgoing calls.</param>
/// <param name="Within">States and provinces of a country, area codes of those; null where there are none.</param>
public sealed record PlaceFigure(
    string Place, long In, long Out, string CallsLink, IReadOnlyList<PlaceFigure>? Within = null);

public sealed record ConversionFigure(string Definition, IReadOnlyList<GoalFigure> Goals);

/// <param name="Rate">Converted over eligible without pending, six decimals; null when that is 0.</param>
/// <param name="Pending">Not converted, but their time is not over.</param>
/// <param name="CallsLink">The calls that reached the goal.</param>
/// <param name="OfLink">The eligible calls, pending ones included.</param>
public sealed record GoalFigure(
    GoalView Goal, decimal? Rate, long Eligible, long Converted, long Pending, string CallsLink, string OfLink);
