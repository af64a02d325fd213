using NodaTime;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

/// <summary>A schedule read as plainly as can be: a table of the minutes of each weekday and the night after it, and a
/// look into it with a local time. It shares nothing with <see cref="Timetable"/>.</summary>
/// <param name="holidays">Dates at which no hours begin, as days from 1970-01-01, all from 1970 to 2041.</param>
internal sealed class PlainReading(IEnumerable<OpenRange> week, bool[] holidays)
{
    private const int DayMinutes = 1440;

    // By weekday from Monday on; what lies past midnight is in the second half of its weekday.
    private readonly bool[] minutes = Table(week);

    /// <param name="localSecond">What the clock shows, as seconds from 1970-01-01 00:00; not before.</param>
    public (bool Open, bool Holiday) At(long localSecond)
    {
        var day = (int)(localSecond / 86_400);
        var minute = (int)(localSecond % 86_400 / 60);
        return (BeganOn(day, minute) || BeganOn(day - 1, minute + DayMinutes), holidays[day]);
    }

    /// <summary>True on those days that are the last Sunday of a month.</summary>
    public static bool[] LastSundays() =>
    [
        .. Enumerable.Range(0, 72 * 366).Select(day => new LocalDate(1970, 1, 1).PlusDays(day))
            .Select(date => date.DayOfWeek == IsoDayOfWeek.Sunday && date.PlusDays(7).Month != date.Month),
    ];

    // 1970-01-01 was a Thursday, the fourth day.
    private bool BeganOn(int day, int minute) => minutes[((day + 3) % 7 * 2 * DayMinutes) + minute] && !holidays[day];

    private static bool[] Table(IEnumerable<OpenRange> week)
    {
        var minutes = new bool[7 * 2 * DayMinutes];
        foreach (var range in week)
        {
            for (var minute = range.Start.Minutes; minute < range.End.Minutes; minute++)
            {
                minutes[(((int)range.Day - 1) * 2 * DayMinutes) + minute] = true;
            }
        }
        return minutes;
    }
}
