using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>One date of a holiday.</summary>
/// <param name="Place">Of the holiday in the list asked for, from 0 on.</param>
/// <param name="Observed">It is kept in place of, or beside, a date at the weekend.</param>
public readonly record struct HolidayDay(LocalDate Date, int Place, bool Observed);

/// <summary>The dates of holidays.</summary>
public static class HolidayCalendar
{
    /// <summary>The first year that a rule can name.</summary>
    public const int FirstYear = 1900;

    /// <summary>The last one.</summary>
    public const int LastYear = 2200;

    /// <summary>All that lie in a calendar year, by date, then by place in the list. New Year's Day may be observed
    /// on 31 December: it is then in the year before.</summary>
    public static IReadOnlyList<HolidayDay> Days(IReadOnlyList<Holiday> holidays, int year)
    {
        // Observed days, ranges and days after a date reach into the neighbouring years.
        int[] years = [year - 1, year, year + 1];
        var dates = from at in years
                    from place in Enumerable.Range(0, holidays.Count)
                    where InForce(holidays[place], at)
                    from date in Dates(holidays[place].Rule, at)
                    select new HolidayDay(date, place, false);
        return
        [
            .. Observed(holidays, [.. dates]).Where(day => day.Date.Year == year)
                .Distinct().OrderBy(day => day.Date).ThenBy(day => day.Place),
        ];
    }

    /// <summary>Those of one holiday by itself.</summary>
    public static IReadOnlyList<HolidayDay> Days(Holiday holiday, int year) => Days([holiday], year);

    internal static bool InForce(Holiday holiday, int year) =>
        year >= (holiday.FirstYear ?? year) && year <= (holiday.LastYear ?? year);

    /// <summary>What a rule means in a year, before it is observed on another day. A range is of the year it begins
    /// in.</summary>
    internal static IEnumerable<LocalDate> Dates(HolidayRule rule, int year) => rule switch
    {
        OneDate one => one.Date.Year == year ? [one.Date] : [],
        DateRange range => range.From.Year == year ? Range(range.From, range.To) : [],
        YearlyRange range => Range(range, year),
        NthWeekday nth => Nth(nth, year),
        LastWeekday last => [Last(last, year)],
        WeekdayBefore before => Dates(before.Month, before.Day, year).Select(date => date.Previous(before.Weekday)),
        WeekdayAfter after => Dates(after.Month, after.Day, year).Select(date => date.Next(after.Weekday)),
        EasterDay easter => [Easter.Sunday(year, easter.Church).PlusDays(easter.Days)],
        FixedDate date => Dates(date.Month, date.Day, year),
        _ => [],
    };

    private static LocalDate[] Dates(int month, int day, int year) =>
        day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? [new(year, month, day)] : [];

    private static IEnumerable<LocalDate> Range(LocalDate from, LocalDate to)
    {
        for (var date = from; date <= to; date = date.PlusDays(1))
        {
            yield return date;
        }
    }

    private static IEnumerable<LocalDate> Range(YearlyRange range, int year)
    {
        var wraps = (range.ToMonth, range.ToDay).CompareTo((range.FromMonth, range.FromDay)) < 0;
        // From 29 February is from 1 March in other years, and up to it is up to the 28th.
        var from = new LocalDate(year, range.FromMonth, 1).PlusDays(range.FromDay - 1);
        var last = new LocalDate(wraps ? year + 1 : year, range.ToMonth, 1);
        var day = Math.Min(range.ToDay, last.Calendar.GetDaysInMonth(last.Year, last.Month));
        return Range(from, last.PlusDays(day - 1));
    }

    private static LocalDate[] Nth(NthWeekday rule, int year)
    {
        var first = new LocalDate(year, rule.Month, 1);
        var date = first.PlusDays(-1).Next(rule.Weekday).PlusWeeks(rule.Nth - 1);
        return date.Month == rule.Month ? [date.PlusDays(rule.Plus)] : [];
    }

    private static LocalDate Last(LastWeekday rule, int year) =>
        new LocalDate(year, rule.Month, 1).PlusMonths(1).Previous(rule.Weekday).PlusDays(rule.Plus);

    private static IEnumerable<HolidayDay> Observed(IReadOnlyList<Holiday> holidays, IReadOnlyList<HolidayDay> days)
    {
        var substitutes = Substitutes(days
            .Where(day => ObservanceOf(holidays[day.Place]) == Observance.NextFreeWeekday).Select(day => day.Date));
        foreach (var day in days)
        {
            var kept = (ObservanceOf(holidays[day.Place]), day.Date.DayOfWeek) switch
            {
                (Observance.NearestWeekday, IsoDayOfWeek.Saturday) => day.Date.PlusDays(-1),
                (Observance.NearestWeekday or Observance.MondayForSunday, IsoDayOfWeek.Sunday) => day.Date.PlusDays(1),
                (Observance.NextFreeWeekday, _) => substitutes.GetValueOrDefault(day.Date, day.Date),
                _ => day.Date,
            };
            if (kept == day.Date || holidays[day.Place].Rule is FixedDate { InLieu: false })
            {
                yield return day;
            }
            if (kept != day.Date)
            {
                yield return day with { Date = kept, Observed = true };
            }
        }
    }

    private static Observance? ObservanceOf(Holiday holiday) => (holiday.Rule as FixedDate)?.Observed;

    /// <summary>The weekday that each date at the weekend gets, the earlier date first; whatever is listed twice
    /// gets one.</summary>
    private static Dictionary<LocalDate, LocalDate> Substitutes(IEnumerable<LocalDate> dates)
    {
        var taken = dates.ToHashSet();
        var substitutes = new Dictionary<LocalDate, LocalDate>();
        foreach (var date in taken.Where(AtWeekend).Order().ToList())
        {
            var kept = date;
            do
            {
                kept = kept.PlusDays(1);
            }
            while (AtWeekend(kept) || !taken.Add(kept));
            substitutes.Add(date, kept);
        }
        return substitutes;
    }

    private static bool AtWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
}
