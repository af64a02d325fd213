using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>A company's schedules, and what was in force of each at any time.</summary>
public static class GetSchedules
{
    public static void Map(RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("", ListAsync).Allow(Permissions.ReadSchedules)
            .WithName("GetSchedules").WithSummary("The company's schedules that have not ended, by id.")
            .Produces<Page<ScheduleListItem>>().ProducesProblem(422);
        schedules.MapGet("/{scheduleId:guid}", GetAsync).Allow(Permissions.ReadSchedules)
            .WithName("GetSchedule")
            .WithSummary("What is in force of a schedule at an instant, as known at any; its ETag is for If-Match.")
            .Produces<ScheduleView>().ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageAsk ask, ClaimsPrincipal user, ConfigurationReading reading, IClock clock,
        CancellationToken stop)
    {
        if (PageRequest.RefuseById(ask.Cursor, ask.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var now = clock.GetCurrentInstant();
        var rows = (await reading.ReadAsync(user, stop)).Schedules.Values
            .Where(schedule => schedule.ScheduleId > after && !schedule.EndedBy(now))
            .OrderBy(schedule => schedule.ScheduleId).Take(size + 1);
        return Results.Ok(Page.Of(
            rows.Select(schedule => ScheduleListItem.Of(schedule, now)).ToList(), size,
            item => [$"{item.ScheduleId}"]));
    }

    private static Task<IResult> GetAsync(
        Guid scheduleId, [AsParameters] ConfigurationAsk ask, HttpContext context, ConfigurationReading reading,
        CancellationToken stop) => ReadAsync(scheduleId, ask, context.User, reading, (schedule, at) =>
        {
            VersionTag.Write(context.Response, schedule.Version);
            return Results.Ok(ScheduleView.Of(schedule, at));
        }, stop);

    /// <summary>Answers from one schedule as far as it was known; 404 or 422 where that cannot be.</summary>
    internal static Task<IResult> ReadAsync(
        Guid scheduleId, ConfigurationAsk ask, ClaimsPrincipal user, ConfigurationReading reading,
        Func<ScheduleState, Instant, IResult> answer, CancellationToken stop) => reading.AnswerAsync(
        user, ask,
        (history, at) => history.Schedules.TryGetValue($"{scheduleId}", out var schedule)
            ? answer(schedule, at)
            : Problems.NotFound("schedule"),
        stop);
}
