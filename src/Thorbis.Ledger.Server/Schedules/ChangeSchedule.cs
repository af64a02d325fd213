using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>Defines, revises and retires schedules. Each is one fact; the same command again records nothing.</summary>
public static class ChangeSchedule
{
    /// <param name="Week">None overlapping; empty is never open.</param>
    /// <param name="AfterHours">Where calls go while closed, unless a holiday says otherwise.</param>
    /// <param name="Holidays">Where several have the same date, the first of them governs it; none when left
    /// out.</param>
    public sealed record ScheduleRequest(
        [property: MinLength(1), MaxLength(ScheduleRules.NameLengthMax)] string Name,
        [property: Description("IANA zone on whose clock all times are.")] string Zone,
        [property: MaxLength(ScheduleRules.RangesMax)] IReadOnlyList<OpenRange> Week,
        Destination AfterHours,
        [property: MaxLength(ScheduleRules.HolidaysMax), Description("4000 dates a year together at most.")]
        IReadOnlyList<Holiday>? Holidays = null,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
        [property: Description("From when on it is in force, within ten years; now when left out.")]
        Instant? EffectiveAt = null)
    {
        internal Schedule Terms => new(Name, Zone, Week, AfterHours, Holidays ?? []);
    }

    /// <param name="Version">For the <c>If-Match</c> of the next change; also the <c>ETag</c>.</param>
    public sealed record ScheduleChangedView(Guid ScheduleId, int Version);

    public static void Map(RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapPost("", PostAsync).Allow(Permissions.ManageSchedules)
            .WithName("DefineSchedule").WithSummary("Define when the company is open; at most 500 schedules.")
            .Produces<ScheduleChangedView>(201).Produces<ScheduleChangedView>()
            .ProducesProblem(409).ProducesProblem(422);
        schedules.MapPut("/{scheduleId:guid}", PutAsync).Allow(Permissions.ManageSchedules).NeedsVersion()
            .WithName("ReviseSchedule").WithSummary("Change a schedule, whole; a stale edit is refused.")
            .Produces<ScheduleChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        schedules.MapDelete("/{scheduleId:guid}", DeleteAsync).Allow(Permissions.ManageSchedules).NeedsVersion()
            .WithName("RetireSchedule").WithSummary("End a schedule for good; what it was can still be asked.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static Task<IResult> PostAsync(
        ScheduleRequest request,
        [Description("An id of the caller's own, so that the request can be repeated; a new one when left out.")]
        Guid? scheduleId,
        HttpContext context, ConfigurationChanges changes, CancellationToken stop)
    {
        var id = scheduleId ?? Guid.CreateVersion7();
        return ChangeAsync(
            id, new(request.Reason, request.EffectiveAt), context, changes,
            (state, others, scene) => ScheduleDecider.Define(
                state, id, request.Terms, others, scene.Change, scene.Now),
            changed => changed.Made
                ? Results.Created($"/api/v1/schedules/{id}", new ScheduleChangedView(id, changed.Version))
                : Results.Ok(new ScheduleChangedView(id, changed.Version)),
            stop);
    }

    private static async Task<IResult> PutAsync(
        Guid scheduleId, ScheduleRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? await ChangeAsync(
            scheduleId, new(request.Reason, request.EffectiveAt, version), context, changes,
            (state, others, scene) => state is null ? null : ScheduleDecider.Revise(
                state, version, request.Terms, others, scene.Change, scene.Now),
            changed => Results.Ok(new ScheduleChangedView(scheduleId, changed.Version)), stop);

    private static async Task<IResult> DeleteAsync(
        Guid scheduleId, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? query.Refuse(version, out var edit)
        ?? await ChangeAsync(
            scheduleId, edit, context, changes,
            (state, _, scene) => state is null ? null : ScheduleDecider.Retire(
                state, version, scene.References, scene.Change, scene.Now),
            _ => Results.NoContent(), stop);

    /// <param name="decide">On the schedule as it is, null for none, and the names of the others; a decision of null
    /// for no such schedule.</param>
    private static Task<IResult> ChangeAsync(
        Guid scheduleId, Edit edit, HttpContext context, ConfigurationChanges changes,
        Func<ScheduleState?, IReadOnlyCollection<string>, Scene, Decision<ScheduleFact>?> decide,
        Func<Changed, IResult> answer, CancellationToken stop) => changes.ApplyAsync(
        context, ScheduleSetup.StreamOf(scheduleId), "schedule", edit,
        scene => decide(
            scene.History.Schedules.GetValueOrDefault($"{scheduleId}"),
            [
                .. scene.History.Schedules.Values
                    .Where(schedule => schedule.ScheduleId != scheduleId && !schedule.Last.Retired)
                    .Select(schedule => schedule.Last.Terms.Name),
            ],
            scene),
        answer, stop);
}
