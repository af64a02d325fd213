using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Weeks to begin with.</summary>
public static class WeekPresets
{
    /// <summary>Monday to Friday, 09:00 to 17:00.</summary>
    public static readonly IReadOnlyList<OpenRange> Weekdays = Workdays(9, 17);

    /// <summary>Monday to Friday, 08:00 to 18:00.</summary>
    public static readonly IReadOnlyList<OpenRange> Extended = Workdays(8, 18);

    /// <summary>Monday to Friday, 07:00 to 15:00.</summary>
    public static readonly IReadOnlyList<OpenRange> Early = Workdays(7, 15);

    /// <summary>Every minute of every day.</summary>
    public static readonly IReadOnlyList<OpenRange> Always =
    [
        .. Days(IsoDayOfWeek.Sunday).Select(day => new OpenRange(day, ClockTime.Midnight, ClockTime.EndOfDay)),
    ];

    private static IReadOnlyList<OpenRange> Workdays(int from, int until) =>
    [
        .. Days(IsoDayOfWeek.Friday).Select(day => new OpenRange(day, new(from * 60), new(until * 60))),
    ];

    private static IEnumerable<IsoDayOfWeek> Days(IsoDayOfWeek last) =>
        Enumerable.Range((int)IsoDayOfWeek.Monday, (int)last).Select(day => (IsoDayOfWeek)day);
}
