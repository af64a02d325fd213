using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Team;

/// <summary>All that was ever decided of how a member takes calls: who, when, from when on, why, from where.</summary>
public static class GetTeamVersions
{
    /// <param name="Availability">Left out where the version was about the terms.</param>
    /// <param name="Terms">Left out where the version was about the availability.</param>
    public sealed record TeamVersionView(VersionView Decided, Availability? Availability, TeamTerms? Terms);

    public static void Map(RouteGroupBuilder api)
    {
        var versions = api.MapGroup("/team/{member}/versions").WithTags("Team");
        versions.MapGet("", ListAsync).DeclareVersions(
            Permissions.ReadTeamVersions, "GetTeamVersions", "how a member takes calls");
        versions.MapGet("/{version:int:min(1)}", GetAsync).DeclareVersion<TeamVersionView>(
            Permissions.ReadTeamVersions, "GetTeamVersion", "One version: the availability, or the terms.");
    }

    private static async Task<IResult> ListAsync(
        string member, [AsParameters] PageAsk ask, HttpContext context, Memberships memberships,
        ConfigurationReading reading, CancellationToken stop)
    {
        // Of who has left, what was decided stays; of who is here, there may be nothing yet.
        var members = await memberships.MembersAsync(Actor.Of(context.User).Company, stop);
        return await ConfigurationVersions.ListAsync(
            reading, context, ask, TeamSetup.StreamOf(member),
            members.Exists(one => one.UserId == member) ? null : TeamSetup.Thing, stop);
    }

    private static async Task<IResult> GetAsync(
        string member, int version, HttpContext context, ConfigurationReading reading, CancellationToken stop)
    {
        var changes = (await reading.ReadAsync(context.User, stop)).Of(TeamSetup.StreamOf(member));
        return version <= changes.Count
            ? Results.Ok(new TeamVersionView(
                VersionView.Of(changes[version - 1], version),
                (changes[version - 1].Fact as AvailabilitySet)?.Availability,
                (changes[version - 1].Fact as TeamTermsSet)?.Terms))
            : Problems.NotFound("version");
    }
}
