using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Team;

/// <summary>How a member takes calls: by which schedule, how many at the same time, and where it rings.</summary>
public static class SetTeamTerms
{
    /// <param name="Schedule">Id of the schedule outside of which no call is given; none when left out.</param>
    public sealed record TeamTermsRequest(
        [property: Range(1, TeamTerms.CallsMost), Description("At the same time.")] int CallsMax,
        string? Schedule = null,
        [property: MaxLength(TeamTerms.PhonesMax),
            Description("Where it rings, each once: numbers as +12025550100, or addresses as sip:ann@example.com.")]
        IReadOnlyList<string>? Phones = null,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
        [property: Description("From when on they hold, within ten years; now when left out.")]
        Instant? EffectiveAt = null);

    public static void Map(RouteGroupBuilder api) => api.MapPut("/team/{member}/terms", PutAsync)
        .Allow(Permissions.ManageTeam).NeedsVersion()
        .WithName("SetTeamTerms").WithSummary("Say how a member takes calls, whole; a stale edit is refused.")
        .WithTags("Team")
        .Produces<TeamChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PutAsync(
        string member, TeamTermsRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? await changes.ApplyAsync(
            context, TeamSetup.StreamOf(member), TeamSetup.Thing, new(request.Reason, request.EffectiveAt, version),
            scene => scene.TeamOf(member) is { } known
                ? TeamDecider.SetTerms(
                    known, new(request.Schedule, request.CallsMax, request.Phones), scene.Change, scene.Inventory,
                    scene.Now)
                : null,
            changed => Results.Ok(new TeamChangedView(member, changed.Version)), stop);
}
