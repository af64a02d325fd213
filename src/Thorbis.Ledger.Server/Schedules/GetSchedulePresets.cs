using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>Weeks and holidays to begin a schedule with.</summary>
public static class GetSchedulePresets
{
    private static readonly PresetsView Presets = new(
        [
            new("weekdays", "Monday to Friday, 09:00 to 17:00", WeekPresets.Weekdays),
            new("extended", "Monday to Friday, 08:00 to 18:00", WeekPresets.Extended),
            new("early", "Monday to Friday, 07:00 to 15:00", WeekPresets.Early),
            new("always", "Every minute of every day", WeekPresets.Always),
        ],
        HolidayTemplates.All);

    /// <param name="Id">Stable, kebab case.</param>
    /// <param name="Week">As a schedule's <c>week</c> takes it.</param>
    public sealed record WeekPreset(string Id, string Name, IReadOnlyList<OpenRange> Week);

    /// <param name="Holidays">Each with the law behind it; its holidays as a schedule takes them.</param>
    public sealed record PresetsView(IReadOnlyList<WeekPreset> Weeks, IReadOnlyList<HolidayTemplate> Holidays);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/schedule-presets", () => Results.Ok(Presets))
        .Allow(Permissions.ReadSchedules)
        .WithName("GetSchedulePresets")
        .WithSummary("Weeks and holidays to begin a schedule with, the holidays with the law behind them.")
        .WithTags("Schedules")
        .Produces<PresetsView>();
}
