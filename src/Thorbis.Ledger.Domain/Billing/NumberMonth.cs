using NodaTime;
using Thorbis.Ledger.Domain.Numbers;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>A company holds a number in a month: what its fee is for.</summary>
/// <remarks>
/// Appended by the clock, once per number and month; a higher revision when the holding turned out longer or shorter.
/// </remarks>
/// <param name="OccurredAt">The first instant of the days held.</param>
/// <param name="From">First day held, inclusive, in the company's zone.</param>
/// <param name="Until">First day after those held.</param>
/// <param name="Zone">IANA zone of the company, whose calendar the days are of.</param>
public sealed record NumberMonthStarted(
    string Number, Instant OccurredAt, LocalDate From, LocalDate Until, string Zone)
    : NumberFact(Number, OccurredAt);

/// <summary>From a day on, what a number costs belongs to a cost centre.</summary>
/// <param name="Zone">IANA zone whose day <paramref name="From"/> is of.</param>
/// <param name="CostCentre">Empty: to none.</param>
/// <param name="By">The user or key that said so.</param>
public sealed record CostCentreAssigned(
    string Number, Instant OccurredAt, LocalDate From, string Zone, string CostCentre, string By, string? Reason)
    : NumberFact(Number, OccurredAt);

/// <summary>The days of a month on which a company holds a number.</summary>
public static class NumberMonths
{
    /// <summary>
    /// The months of a holding that have begun, each with the days held: a day on which the number came or went
    /// counts whole.
    /// </summary>
    /// <param name="now">Months that begin later are not told yet.</param>
    /// <param name="earliest">Months before this day's are left out.</param>
    public static IEnumerable<NumberMonthStarted> Of(
        NumberHolding holding, DateTimeZone zone, Instant now, LocalDate earliest)
    {
        var first = LocalDate.Max(holding.From.InZone(zone).Date, earliest.With(DateAdjusters.StartOfMonth));
        var last = LocalDate.Min(
            now.InZone(zone).Date.With(DateAdjusters.EndOfMonth),
            holding.Until is { } until ? (until - NodaTime.Duration.Epsilon).InZone(zone).Date : LocalDate.MaxIsoValue);
        for (var from = first; from <= last; from = from.With(DateAdjusters.StartOfMonth).PlusMonths(1))
        {
            var end = LocalDate.Min(from.With(DateAdjusters.EndOfMonth), last);
            yield return new(
                holding.Number, zone.AtStartOfDay(from).ToInstant(), from, end.PlusDays(1), zone.Id);
        }
    }
}
