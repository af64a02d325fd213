namespace Thorbis.Ledger.Server.Schedules;

/// <summary>Wires the operations of schedules.</summary>
public static class ScheduleSetup
{
    internal static string StreamOf(Guid scheduleId) => $"schedule/{scheduleId}";

    public static void MapSchedules(this RouteGroupBuilder api)
    {
        GetSchedules.Map(api);
        GetScheduleState.Map(api);
        GetScheduleVersions.Map(api);
        GetSchedulePresets.Map(api);
        ChangeSchedule.Map(api);
    }
}
