using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in a schedule.</summary>
internal sealed class ScheduleTelling(NameBook names)
{
    private readonly PlaceTelling _places = new(names);

    public IEnumerable<FieldChange> Of(Schedule? before, Schedule? after) =>
        Telling.Whole(before, after, schedule => $"schedule '{schedule.Name}'", Brief, Fields);

    private IEnumerable<FieldChange> Fields(Schedule before, Schedule after) =>
    [
        .. Telling.Name(before.Name, after.Name),
        .. Telling.Value("zone", "time zone", before.Zone, after.Zone),
        .. HoursTelling.Week("week", before.Week, after.Week),
        .. _places.Destination("afterHours", "after hours", before.AfterHours, after.AfterHours),
        .. Holidays(before.Holidays, after.Holidays),
    ];

    private IEnumerable<FieldChange> Holidays(IReadOnlyList<Holiday> before, IReadOnlyList<Holiday> after)
    {
        var pairing = Pairing<Holiday>.By(before, after, holiday => holiday.Name, holiday => holiday.Name);
        return
        [
            .. pairing.Removed.Select(gone => new FieldChange(
                $"holidays[{gone.Label}]", Brief(gone.Item), null, $"{Called(gone.Item)} removed")),
            .. pairing.Added.Select(added => new FieldChange(
                $"holidays[{added.Label}]", null, Brief(added.Item),
                $"{Called(added.Item)} added ({Brief(added.Item)})")),
            .. pairing.Kept.SelectMany(pair => Telling.Within(
                $"holidays[{pair.Label}]", Called(pair.Before), Fields(pair.Before, pair.After))),
            // Of holidays on the same date the first governs it.
            .. Telling.Moves("holidays", pairing, Called),
        ];
    }

    private IEnumerable<FieldChange> Fields(Holiday before, Holiday after) =>
    [
        .. Telling.Value("rule", "date", before.Rule, after.Rule, HolidayWords.Of),
        .. Telling.Value("hours", "hours", before.Hours, after.Hours, HolidayWords.Of),
        .. _places.Destination("routing", "destination while closed", before.Routing, after.Routing),
        .. Telling.Count("firstYear", "first year", before.FirstYear, after.FirstYear),
        .. Telling.Count("lastYear", "last year", before.LastYear, after.LastYear),
    ];

    private string Brief(Schedule schedule) =>
        $"{HoursTelling.Brief(schedule.Week)}, {schedule.Zone}; after hours to {_places.Text(schedule.AfterHours)}; "
        + TraceWords.Count(schedule.Holidays.Count, "holiday");

    private string Brief(Holiday holiday) => string.Join(", ", new[]
    {
        HolidayWords.Of(holiday.Rule), HolidayWords.Of(holiday.Hours),
        holiday.Routing is { } routing ? $"calls go to {_places.Text(routing)}" : null,
        holiday.FirstYear is { } first ? $"from {first} on" : null,
        holiday.LastYear is { } last ? $"until {last}" : null,
    }.OfType<string>());

    private static string Called(Holiday holiday) => $"holiday '{holiday.Name}'";
}
