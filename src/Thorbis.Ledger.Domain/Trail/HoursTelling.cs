using NodaTime;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>Hours of a week in words, and what became different in them, day by day.</summary>
internal static class HoursTelling
{
    public static IEnumerable<FieldChange> Week(
        string field, IReadOnlyList<OpenRange> before, IReadOnlyList<OpenRange> after)
    {
        var (old, now) = (ByDay(before), ByDay(after));
        List<FieldChange> changes =
        [
            .. old.Select(day => day.Key).Union(now.Select(day => day.Key)).Order()
                .SelectMany(day => Day(field, day, [.. old[day]], [.. now[day]])),
        ];
        return changes.Count == 0 && !before.SequenceEqual(after)
            ? [new(field, Brief(before), Brief(after), "hours listed in another order")]
            : changes;
    }

    /// <summary>Such as <c>Monday to Friday 09:00–17:00, Saturday 10:00–14:00</c>.</summary>
    public static string Brief(IEnumerable<OpenRange> week)
    {
        var days = ByDay(week).OrderBy(day => day.Key).Select(day => (Day: day.Key, Hours: Text([.. day]))).ToList();
        if (days.Count == 7 && days.All(day => day.Hours == "00:00–24:00"))
        {
            return "always open";
        }
        // Neighbours of the same hours have the same distance between day and place.
        var runs = days.Index().GroupBy(day => (day.Item.Hours, (int)day.Item.Day - day.Index))
            .Select(run => (First: run.First().Item.Day, Last: run.Last().Item.Day, run.Key.Hours));
        return days.Count == 0 ? "never open" : string.Join(", ", runs.Select(run => run.First == run.Last
            ? $"{run.First} {run.Hours}"
            : $"{run.First} to {run.Last} {run.Hours}"));
    }

    /// <summary>Such as <c>09:00–12:00, 13:00–17:00</c>.</summary>
    public static string Text(IEnumerable<DayRange> ranges) =>
        string.Join(", ", ranges.Select(range => $"{range.Start}–{Clock(range.End)}"));

    /// <summary>Past midnight as people say it: <c>02:00 next day</c>.</summary>
    public static string Clock(ClockTime time) => time > ClockTime.EndOfDay
        ? $"{new ClockTime(time.Minutes - ClockTime.EndOfDay.Minutes)} next day"
        : $"{time}";

    private static IEnumerable<FieldChange> Day(
        string field, IsoDayOfWeek day, IReadOnlyList<DayRange> before, IReadOnlyList<DayRange> after) =>
        before.SequenceEqual(after) ? []
            :
            [
                new(
                    $"{field}.{day.ToString().ToLowerInvariant()}", before.Count == 0 ? null : Text(before),
                    after.Count == 0 ? null : Text(after), Words(day, before, after)),
            ];

    private static string Words(
        IsoDayOfWeek day, IReadOnlyList<DayRange> before, IReadOnlyList<DayRange> after) => (before, after) switch
        {
            ([], _) => $"{day} now open {Text(after)}",
            (_, []) => $"{day} now closed (was {Text(before)})",
            ([var old], [var now]) when old.Start == now.Start =>
                $"{day} closes {Clock(old.End)} → {Clock(now.End)}",
            ([var old], [var now]) when old.End == now.End => $"{day} opens {old.Start} → {now.Start}",
            _ => $"{day} {Text(before)} → {Text(after)}",
        };

    private static ILookup<IsoDayOfWeek, DayRange> ByDay(IEnumerable<OpenRange> week) =>
        Schedules.Schedule.InOrder(week).ToLookup(range => range.Day, range => new DayRange(range.Start, range.End));
}
