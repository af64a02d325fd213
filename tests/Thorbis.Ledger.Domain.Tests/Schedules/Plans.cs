using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

/// <summary>Schedules to test with.</summary>
internal static class Plans
{
    public static readonly Destination AfterHours = new ToMailbox("box");

    public static Schedule Of(string zone, IReadOnlyList<OpenRange> week, params IReadOnlyList<Holiday> holidays) =>
        new("office", zone, week, AfterHours, holidays);

    /// <param name="text">Such as <c>Mon-Fri 09:00-12:00,13:00-17:00; Sat 22:00-26:00</c>.</param>
    public static IReadOnlyList<OpenRange> Week(string text) =>
    [
        .. from part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
           let words = part.Split(' ')
           from day in Days(words[0])
           from range in words[1].Split(',')
           let ends = range.Split('-')
           select new OpenRange(day, ClockTime.Parse(ends[0]), ClockTime.Parse(ends[1])),
    ];

    public static Holiday Closed(string name, HolidayRule rule) => new(name, rule, new ClosedHours());

    private static IEnumerable<IsoDayOfWeek> Days(string text)
    {
        var ends = text.Split('-').Select(Day).ToList();
        return Enumerable.Range((int)ends[0], ends[^1] - ends[0] + 1).Select(day => (IsoDayOfWeek)day);
    }

    private static IsoDayOfWeek Day(string text) =>
        Enum.GetValues<IsoDayOfWeek>().Single(day => day.ToString().StartsWith(text, StringComparison.Ordinal));
}
