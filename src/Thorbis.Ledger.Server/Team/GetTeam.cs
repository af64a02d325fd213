using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Team;

/// <summary>Who takes calls, and how, at any time.</summary>
public static class GetTeam
{
    /// <param name="Member">Id of the user, as rules name him.</param>
    /// <param name="Role">Now, whatever the instant asked about.</param>
    /// <param name="Availability">Available, where nothing was ever said.</param>
    /// <param name="Since">From when on without a break; left out where nothing was ever said.</param>
    /// <param name="OnDuty">Whether the schedule of the terms was open; true without one, or while it is not in
    /// force.</param>
    /// <param name="At">The instant asked about.</param>
    /// <param name="Version">The last decided, for the <c>If-Match</c> of new terms; 0 where nothing was.</param>
    public sealed record TeamMemberView(
        string Member, string Email, Role Role, Availability Availability, Instant? Since, TeamTerms Terms,
        bool OnDuty, Instant At, int Version);

    public static void Map(RouteGroupBuilder api)
    {
        var team = api.MapGroup("/team").WithTags("Team");
        team.MapGet("", ListAsync).Allow(Permissions.ReadTeam)
            .WithName("GetTeam")
            .WithSummary("How each present member takes calls at an instant, as known at any, by e-mail address.")
            .Produces<Page<TeamMemberView>>().ProducesProblem(422);
        team.MapGet("/{member}", GetAsync).Allow(Permissions.ReadTeam)
            .WithName("GetTeamMember")
            .WithSummary("How a member takes calls at an instant, as known at any; its ETag is for If-Match.")
            .Produces<TeamMemberView>().ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] ConfigurationAsk ask, HttpContext context, Memberships memberships,
        ConfigurationReading reading, CancellationToken stop)
    {
        var members = await memberships.MembersAsync(Actor.Of(context.User).Company, stop);
        return await reading.AnswerAsync(context.User, ask, (history, at) =>
        {
            var schedules = history.SchedulesAt(at);
            return Results.Ok(new Page<TeamMemberView>(
                members.ConvertAll(member => ViewOf(member, history, schedules, at)), null));
        }, stop);
    }

    private static async Task<IResult> GetAsync(
        string member, [AsParameters] ConfigurationAsk ask, HttpContext context, Memberships memberships,
        ConfigurationReading reading, CancellationToken stop)
    {
        var members = await memberships.MembersAsync(Actor.Of(context.User).Company, stop);
        return members.Find(one => one.UserId == member) is not { } found
            ? Problems.NotFound(TeamSetup.Thing)
            : await reading.AnswerAsync(context.User, ask, (history, at) =>
            {
                var view = ViewOf(found, history, history.SchedulesAt(at), at);
                VersionTag.Write(context.Response, view.Version);
                return Results.Ok(view);
            }, stop);
    }

    private static TeamMemberView ViewOf(
        MemberView member, ConfigurationHistory history, Dictionary<string, Schedule> schedules, Instant at)
    {
        var told = history.Team.GetValueOrDefault(member.UserId);
        var state = told?.InForce(at) ?? TeamMember.New;
        var onDuty = state.Terms.Schedule is not { } schedule
            || !schedules.TryGetValue(schedule, out var hours) || Timetable.Of(hours).At(at).Open;
        return new(
            member.UserId, member.Email, member.Role, state.Availability, state.Since, state.Terms, onDuty, at,
            told?.Version ?? 0);
    }
}
