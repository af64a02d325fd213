using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;

namespace Thorbis.Ledger.Server.Team;

/// <summary>A member takes calls, or does not. The last to say so wins: a person presses a button, and what was said
/// before is no reason to refuse it.</summary>
public static class SetAvailability
{
    public sealed record AvailabilityRequest(
        Availability Availability,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
        [property: Description("From when on it holds, within ten years; now when left out.")]
        Instant? EffectiveAt = null);

    public static void Map(RouteGroupBuilder api) => api.MapPut("/team/{member}/availability", PutAsync)
        .Allow(Permissions.SetOwnAvailability)
        .WithName("SetAvailability")
        .WithSummary("Say whether a member takes calls; members say it of themselves only.")
        .WithTags("Team")
        .Produces<TeamChangedView>().ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> PutAsync(
        string member, AvailabilityRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        return !(actor.IsUser && actor.UserId == member) && !Permissions.ManageTeam.Contains(actor.Role!.Value)
            ? AccessRefusals.Forbidden()
            : await changes.ApplyAsync(
                context, TeamSetup.StreamOf(member), TeamSetup.Thing, new(request.Reason, request.EffectiveAt),
                scene => scene.TeamOf(member) is { } known
                    ? TeamDecider.SetAvailability(known, request.Availability, scene.Change, scene.Now)
                    : null,
                changed => Results.Ok(new TeamChangedView(member, changed.Version)), stop);
    }
}
