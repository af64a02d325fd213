using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
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
        [property: MaxLength(ScheduleDecider.ReasonLengthMax)] string? Reason = null,
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
        HttpContext context, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var id = scheduleId ?? Guid.CreateVersion7();
        var edit = Edit(context, request.Reason, request.EffectiveAt);
        return ChangeAsync(
            id, context, transactions,
            (state, others) => ScheduleDecider.Define(
                state, id, request.Terms, others, edit, clock.GetCurrentInstant()),
            (view, made) => made ? Results.Created($"/api/v1/schedules/{id}", view) : Results.Ok(view), stop);
    }

    private static async Task<IResult> PutAsync(
        Guid scheduleId, ScheduleRequest request, HttpContext context, FactTransactions transactions, IClock clock,
        CancellationToken stop)
    {
        var edit = Edit(context, request.Reason, request.EffectiveAt);
        return VersionTag.Refuse(context.Request, out var version) ?? await ChangeAsync(
            scheduleId, context, transactions,
            (state, others) => state is null ? null : ScheduleDecider.Revise(
                state, version, request.Terms, others, edit, clock.GetCurrentInstant()),
            (view, _) => Results.Ok(view), stop, version);
    }

    private static async Task<IResult> DeleteAsync(
        Guid scheduleId, [Description("Why, at most 500 characters.")] string? reason,
        [Description("When it ends, with its offset; now when left out.")] string? effectiveAt,
        HttpContext context, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var from = string.IsNullOrEmpty(effectiveAt) ? null : AskedTime.ParseInstant(effectiveAt);
        if (from is null && !string.IsNullOrEmpty(effectiveAt))
        {
            return Problems.Invalid("effectiveAt", AskedTime.InstantExpected);
        }
        var edit = Edit(context, reason, from);
        return VersionTag.Refuse(context.Request, out var version) ?? await ChangeAsync(
            scheduleId, context, transactions,
            (state, _) => state is null ? null : ScheduleDecider.Retire(
                state, version, edit, clock.GetCurrentInstant()),
            (_, _) => Results.NoContent(), stop, version);
    }

    /// <param name="decide">On the schedule as it is, null for none, and the names of the others; a decision of null
    /// for no such schedule.</param>
    /// <param name="answer">To the version that came of it; and whether it was recorded just now.</param>
    /// <param name="edited">The version that the caller saw.</param>
    private static async Task<IResult> ChangeAsync(
        Guid scheduleId, HttpContext context, FactTransactions transactions,
        Func<ScheduleState?, IReadOnlyCollection<string>, Decision<ScheduleFact>?> decide,
        Func<ScheduleChangedView, bool, IResult> answer, CancellationToken stop, int edited = 0)
    {
        var company = Actor.Of(context.User).Company;
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(company, stop);
        var state = await ScheduleTable.FindAsync(change.Connection, company, scheduleId, stop);
        var others = await ScheduleTable.OtherNamesAsync(change.Connection, company, scheduleId, stop);
        switch (decide(state, others))
        {
            case null:
                return Problems.NotFound("schedule");
            case Refused<ScheduleFact> { Why.Code: Refusal.StaleEdit } stale:
                return Problems.StaleEdit(stale.Why.Detail, edited, state!.Version);
            case Refused<ScheduleFact> refused:
                return refused.Why.ToProblem();
            case Accepted<ScheduleFact> { Facts: [var fact] }:
                var changed = ScheduleState.Evolve(state, fact)!;
                await change.AppendAsync(company, ScheduleTable.StreamOf(scheduleId), [fact], stop);
                await ScheduleTable.WriteAsync(change, company, changed, stop);
                await change.CommitAsync(stop);
                return Answer(changed, made: true);
            default:
                return Answer(state!, made: false);
        }

        IResult Answer(ScheduleState schedule, bool made)
        {
            VersionTag.Write(context.Response, schedule.Version);
            return answer(new(scheduleId, schedule.Version), made);
        }
    }

    private static ScheduleEdit Edit(HttpContext context, string? reason, Instant? effectiveAt) => new(
        Actor.Of(context.User).Id, string.IsNullOrWhiteSpace(reason) ? null : reason,
        Text(context.Connection.RemoteIpAddress), effectiveAt);

    private static string? Text(IPAddress? address) =>
        (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString();
}
