using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>A schedule by local dates: it knows no zone and no clock change.</summary>
internal sealed class LocalDays
{
    private const int DayMinutes = 24 * 60;
    private static readonly IReadOnlyList<DayRange> None = [];

    private readonly Schedule schedule;
    private readonly ILookup<IsoDayOfWeek, DayRange> week;

    // By place of the holiday that governs the date, from 1 on; 0 for none. States that say the same are the same
    // object, so that only what can be seen is a change.
    private readonly OpenState[] open;
    private readonly OpenState[] closed;

    // What most dates are: neither the date nor its eve a holiday.
    private readonly ILookup<IsoDayOfWeek, (int From, OpenState State)> ordinary;

    public LocalDays(Schedule schedule)
    {
        this.schedule = schedule;
        week = schedule.Week.ToLookup(range => range.Day, range => new DayRange(range.Start, range.End));
        var known = new Dictionary<OpenState, OpenState>();
        open = [.. States(holiday => new(true, null, holiday?.Name, null))];
        closed = [.. States(holiday =>
            new(false, null, holiday?.Name, holiday?.Routing ?? schedule.AfterHours))];
        var aWeek = Enumerable.Range(0, 7).Select(new LocalDate(1970, 1, 1).PlusDays);
        ordinary = aWeek.SelectMany(date => Read(date, new Dictionary<LocalDate, int>()).Select(state => (date, state)))
            .ToLookup(one => one.date.DayOfWeek, one => one.state);

        IEnumerable<OpenState> States(Func<Holiday?, OpenState> state) =>
            schedule.Holidays.Prepend(null).Select(state)
                .Select(one => known.TryGetValue(one, out var same) ? same : known[one] = one);
    }

    /// <summary>Which holiday governs each date of some years that has one.</summary>
    public Dictionary<LocalDate, int> Holidays(int firstYear, int lastYear)
    {
        var dates = new Dictionary<LocalDate, int>();
        for (var year = firstYear; year <= lastYear; year++)
        {
            foreach (var day in HolidayCalendar.Days(schedule.Holidays, year))
            {
                dates.TryAdd(day.Date, day.Place); // In order of place: the first listed governs.
            }
        }
        return dates;
    }

    /// <summary>The states of a date from its midnight to its end, each with the minute at which it begins; neighbours
    /// may be the same.</summary>
    /// <param name="holidays">Of this date and of the one before.</param>
    public IEnumerable<(int From, OpenState State)> Of(LocalDate date, IReadOnlyDictionary<LocalDate, int> holidays) =>
        holidays.ContainsKey(date) || holidays.ContainsKey(date.PlusDays(-1))
            ? Read(date, holidays)
            : ordinary[date.DayOfWeek];

    private IEnumerable<(int From, OpenState State)> Read(
        LocalDate date, IReadOnlyDictionary<LocalDate, int> holidays)
    {
        var place = holidays.TryGetValue(date, out var found) ? found + 1 : 0;
        var at = 0;
        foreach (var (from, until) in OpenMinutes(date, holidays))
        {
            if (from > at)
            {
                yield return (at, closed[place]);
            }
            if (until > at)
            {
                yield return (Math.Max(from, at), open[place]);
                at = until;
            }
        }
        if (at < DayMinutes)
        {
            yield return (at, closed[place]);
        }
    }

    /// <summary>By start; they may overlap where a holiday's hours meet those of its eve.</summary>
    private IEnumerable<(int From, int Until)> OpenMinutes(
        LocalDate date, IReadOnlyDictionary<LocalDate, int> holidays)
    {
        var eve = Hours(date.PlusDays(-1), holidays)
            .Select(range => (range.Start.Minutes - DayMinutes, range.End.Minutes - DayMinutes));
        var own = Hours(date, holidays).Select(range => (range.Start.Minutes, range.End.Minutes));
        return eve.Concat(own)
            .Select(range => (From: Math.Max(range.Item1, 0), Until: Math.Min(range.Item2, DayMinutes)))
            .Where(range => range.From < range.Until).Order();
    }

    /// <summary>The hours that begin on a date.</summary>
    private IEnumerable<DayRange> Hours(LocalDate date, IReadOnlyDictionary<LocalDate, int> holidays)
    {
        var weekday = week[date.DayOfWeek];
        return !holidays.TryGetValue(date, out var place) ? weekday
            : schedule.Holidays[place].Hours switch
            {
                OwnHours own => own.Ranges,
                ClosedHours part => weekday.SelectMany(range => Without(range, part)),
                _ => None,
            };
    }

    private static IEnumerable<DayRange> Without(DayRange range, ClosedHours part)
    {
        if (part.From is { } from && from > range.Start)
        {
            yield return range with { End = from < range.End ? from : range.End };
        }
        if (part.Until is { } until && until < range.End)
        {
            yield return range with { Start = until > range.Start ? until : range.Start };
        }
    }
}
