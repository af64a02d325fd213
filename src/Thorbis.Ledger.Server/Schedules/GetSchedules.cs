using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
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
        [AsParameters] PageAsk ask, ClaimsPrincipal user, LedgerDatabase database, IClock clock,
        CancellationToken stop)
    {
        if (PageRequest.RefuseById(ask.Cursor, ask.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var (company, now) = (Actor.Of(user).Company, clock.GetCurrentInstant());
        var rows = await database.ReadAsync(
            company, connection => ScheduleTable.ListAsync(connection, company, after, size + 1, now, stop), stop);
        return Results.Ok(Page.Of(
            rows.ConvertAll(row => ScheduleListItem.Of(row, now)), size, item => [$"{item.ScheduleId}"]));
    }

    private static Task<IResult> GetAsync(
        Guid scheduleId, [AsParameters] ScheduleAsk ask, HttpContext context, LedgerDatabase database, IClock clock,
        CancellationToken stop) => ReadAsync(scheduleId, ask, context.User, database, clock, (schedule, at) =>
        {
            VersionTag.Write(context.Response, schedule.Version);
            return Results.Ok(ScheduleView.Of(schedule, at));
        }, stop);

    /// <summary>Answers from one schedule as far as it was known; 404 or 422 where that cannot be.</summary>
    internal static async Task<IResult> ReadAsync(
        Guid scheduleId, ScheduleAsk ask, ClaimsPrincipal user, LedgerDatabase database, IClock clock,
        Func<ScheduleState, Instant, IResult> answer, CancellationToken stop)
    {
        var (moment, problem) = ScheduleMoment.Of(ask, clock.GetCurrentInstant());
        if (moment is null)
        {
            return problem!;
        }
        var company = Actor.Of(user).Company;
        var schedule = await database.ReadAsync(
            company, connection => moment.FindAsync(connection, company, scheduleId, stop), stop);
        return schedule is null ? Problems.NotFound("schedule") : answer(schedule, moment.At);
    }
}
