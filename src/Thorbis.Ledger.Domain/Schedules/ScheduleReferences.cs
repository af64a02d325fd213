using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>What a schedule names, each with its field.</summary>
public static class ScheduleReferences
{
    public static IEnumerable<Reference> Of(Schedule schedule)
    {
        var by = $"schedule '{schedule.Name}'";
        return
        [
            .. References.Of(schedule.AfterHours, "afterHours", by),
            .. schedule.Holidays.SelectMany(
                (holiday, i) => References.Of(holiday.Routing, $"holidays[{i}].routing", by)),
        ];
    }
}
