using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Holidays to begin with; a schedule takes them over and may change them.</summary>
/// <param name="Id">Stable, kebab case.</param>
/// <param name="Source">The law behind it.</param>
public sealed record HolidayTemplate(string Id, string Name, string Source, IReadOnlyList<Holiday> Holidays);

/// <summary>
/// The templates. All close the whole day. A date at the weekend stays a holiday beside the day that is observed for
/// it: who opens on Saturdays does not mean Christmas Day.
/// </summary>
public static class HolidayTemplates
{
    /// <summary>The eleven federal holidays; for one at the weekend the nearest weekday. Inauguration Day, which only
    /// the capital's area has, is not among them.</summary>
    /// <remarks>Source: 5 U.S.C. 6103(a) for the days (Juneteenth by Pub. L. 117-17 of 2021) and (b) for Saturdays;
    /// Executive Order 11582 for Sundays.</remarks>
    public static readonly HolidayTemplate UnitedStates = new(
        "us-federal", "United States: federal holidays", "5 U.S.C. 6103; Executive Order 11582",
        [
            Nearest("New Year's Day", 1, 1),
            Nth("Birthday of Martin Luther King, Jr.", 1, IsoDayOfWeek.Monday, 3),
            Nth("Washington's Birthday", 2, IsoDayOfWeek.Monday, 3),
            Last("Memorial Day", 5, IsoDayOfWeek.Monday),
            Nearest("Juneteenth National Independence Day", 6, 19) with { FirstYear = 2021 },
            Nearest("Independence Day", 7, 4),
            Nth("Labor Day", 9, IsoDayOfWeek.Monday, 1),
            Nth("Columbus Day", 10, IsoDayOfWeek.Monday, 2),
            Nearest("Veterans Day", 11, 11),
            Nth("Thanksgiving Day", 11, IsoDayOfWeek.Thursday, 4),
            Nearest("Christmas Day", 12, 25),
        ]);

    /// <summary>The ten general holidays of federally regulated employers. For one at the weekend the law leaves the
    /// choice between the working day before and the one after; here it is the one after.</summary>
    /// <remarks>Source: Canada Labour Code, R.S.C. 1985, c. L-2, sections 166 and 193(2); Holidays Act, R.S.C. 1985,
    /// c. H-5, sections 2 to 4. The National Day for Truth and Reconciliation by S.C. 2021, c. 11.</remarks>
    public static readonly HolidayTemplate Canada = new(
        "canada-federal", "Canada: federal general holidays",
        "Canada Labour Code, sections 166 and 193; Holidays Act, sections 2 to 4",
        [
            NextFree("New Year's Day", 1, 1),
            GoodFriday,
            Closed("Victoria Day", new WeekdayBefore(IsoDayOfWeek.Monday, 5, 25)),
            NextFree("Canada Day", 7, 1),
            Nth("Labour Day", 9, IsoDayOfWeek.Monday, 1),
            NextFree("National Day for Truth and Reconciliation", 9, 30) with { FirstYear = 2021 },
            Nth("Thanksgiving Day", 10, IsoDayOfWeek.Monday, 2),
            NextFree("Remembrance Day", 11, 11),
            NextFree("Christmas Day", 12, 25),
            NextFree("Boxing Day", 12, 26),
        ]);

    public static readonly HolidayTemplate EnglandAndWales = UkHolidays.EnglandAndWales;

    public static readonly HolidayTemplate Scotland = UkHolidays.Scotland;

    public static readonly HolidayTemplate NorthernIreland = UkHolidays.NorthernIreland;

    public static readonly IReadOnlyList<HolidayTemplate> All =
        [UnitedStates, Canada, EnglandAndWales, Scotland, NorthernIreland];

    internal static Holiday GoodFriday => Closed("Good Friday", new EasterDay(-2));

    internal static Holiday NextFree(string name, int month, int day) =>
        Closed(name, new FixedDate(month, day, Observance.NextFreeWeekday));

    internal static Holiday Nth(string name, int month, IsoDayOfWeek weekday, int nth) =>
        Closed(name, new NthWeekday(month, weekday, nth));

    internal static Holiday Last(string name, int month, IsoDayOfWeek weekday) =>
        Closed(name, new LastWeekday(month, weekday));

    internal static Holiday Once(string name, int year, int month, int day) =>
        Closed(name, new OneDate(new(year, month, day)));

    internal static Holiday Closed(string name, HolidayRule rule) => new(name, rule, new ClosedHours());

    private static Holiday Nearest(string name, int month, int day) =>
        Closed(name, new FixedDate(month, day, Observance.NearestWeekday));
}
