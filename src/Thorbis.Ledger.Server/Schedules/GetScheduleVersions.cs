using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>All that was ever decided of a schedule: who, when, from when on, why, from where.</summary>
public static class GetScheduleVersions
{
    /// <param name="Terms">Whole.</param>
    public sealed record ScheduleTermsView(VersionView Decided, Schedule Terms);

    public static void Map(RouteGroupBuilder api)
    {
        var versions = api.MapGroup("/schedules/{scheduleId:guid}/versions").WithTags("Schedules");
        versions.MapGet("", (
                Guid scheduleId, [AsParameters] PageAsk ask, HttpContext context, ConfigurationReading reading,
                CancellationToken stop) => ConfigurationVersions.ListAsync(
                reading, context, ask, ScheduleSetup.StreamOf(scheduleId), "schedule", stop))
            .DeclareVersions(Permissions.ReadScheduleVersions, "GetScheduleVersions", "a schedule");
        versions.MapGet("/{version:int:min(1)}", GetAsync).DeclareVersion<ScheduleTermsView>(
            Permissions.ReadScheduleVersions, "GetScheduleVersion", "One version with its terms, in force or not.");
    }

    private static async Task<IResult> GetAsync(
        Guid scheduleId, int version, HttpContext context, ConfigurationReading reading, CancellationToken stop)
    {
        var changes = (await reading.ReadAsync(context.User, stop)).Of(ScheduleSetup.StreamOf(scheduleId));
        return version <= changes.Count && changes[version - 1] is { Fact: ScheduleFact fact } change
            ? Results.Ok(new ScheduleTermsView(VersionView.Of(change, version), fact.Terms))
            : Problems.NotFound("version");
    }
}
