using NodaTime;
using static Thorbis.Ledger.Domain.Schedules.HolidayTemplates;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>
/// The bank holidays of the United Kingdom, by its three calendars. One at the weekend is kept on the next weekday that
/// is none already.
/// </summary>
/// <remarks>
/// Source: Banking and Financial Dealings Act 1971, section 1 and Schedule 1; St Andrew's Day Bank Holiday (Scotland)
/// Act 2007. Good Friday and Christmas Day are holidays by common law, except in Scotland. New Year's Day, the early
/// May day and most substitute days are appointed by proclamation under section 1 each year: those of years to come are
/// what has been appointed so far. Days moved or added by proclamation since 2020 are listed.
/// </remarks>
internal static class UkHolidays
{
    private const string Act = "Banking and Financial Dealings Act 1971, section 1 and Schedule 1";

    public static readonly HolidayTemplate EnglandAndWales = new(
        "uk-england-and-wales", "United Kingdom: England and Wales", Act,
        [
            NextFree("New Year's Day", 1, 1),
            GoodFriday,
            EasterMonday,
            .. Spring,
            Last("Summer bank holiday", 8, IsoDayOfWeek.Monday),
            .. Christmas,
            .. Royal,
        ]);

    public static readonly HolidayTemplate Scotland = new(
        "uk-scotland", "United Kingdom: Scotland", $"{Act}; St Andrew's Day Bank Holiday (Scotland) Act 2007",
        [
            NextFree("New Year's Day", 1, 1),
            NextFree("2nd January", 1, 2),
            GoodFriday,
            .. Spring,
            Nth("Summer bank holiday", 8, IsoDayOfWeek.Monday, 1),
            NextFree("St Andrew's Day", 11, 30),
            .. Christmas,
            .. Royal,
            Once("World Cup bank holiday", 2026, 6, 15),
        ]);

    public static readonly HolidayTemplate NorthernIreland = new(
        "uk-northern-ireland", "United Kingdom: Northern Ireland", Act,
        [
            NextFree("New Year's Day", 1, 1),
            NextFree("St Patrick's Day", 3, 17),
            GoodFriday,
            EasterMonday,
            .. Spring,
            NextFree("Battle of the Boyne", 7, 12),
            Last("Summer bank holiday", 8, IsoDayOfWeek.Monday),
            .. Christmas,
            .. Royal,
        ]);

    private static Holiday EasterMonday => Closed("Easter Monday", new EasterDay(1));

    /// <summary>The early May day was moved to the 75th anniversary of VE Day in 2020, the spring day to the Platinum
    /// Jubilee in 2022.</summary>
    private static IReadOnlyList<Holiday> Spring
    {
        get
        {
            var may = Nth("Early May bank holiday", 5, IsoDayOfWeek.Monday, 1);
            var spring = Last("Spring bank holiday", 5, IsoDayOfWeek.Monday);
            return
            [
                may with { LastYear = 2019 },
                Once(may.Name, 2020, 5, 8),
                may with { FirstYear = 2021 },
                spring with { LastYear = 2021 },
                Once(spring.Name, 2022, 6, 2),
                spring with { FirstYear = 2023 },
            ];
        }
    }

    private static IReadOnlyList<Holiday> Christmas =>
        [NextFree("Christmas Day", 12, 25), NextFree("Boxing Day", 12, 26)];

    /// <summary>Once, by proclamation.</summary>
    private static IReadOnlyList<Holiday> Royal =>
    [
        Once("Platinum Jubilee bank holiday", 2022, 6, 3),
        Once("State Funeral of Queen Elizabeth II", 2022, 9, 19),
        Once("Coronation of King Charles III", 2023, 5, 8),
    ];
}
