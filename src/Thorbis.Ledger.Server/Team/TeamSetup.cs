using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Configuration;

namespace Thorbis.Ledger.Server.Team;

/// <param name="Version">For the <c>If-Match</c> of the next change of terms; also the <c>ETag</c>.</param>
public sealed record TeamChangedView(string Member, int Version);

/// <summary>Wires how members take calls.</summary>
public static class TeamSetup
{
    internal const string Thing = "member";

    internal static string StreamOf(string member) => $"team/{member}";

    /// <summary>What was decided of a present member; null for who is none.</summary>
    internal static TeamHistory? TeamOf(this Scene scene, string member) =>
        scene.Inventory.Members.Contains(member)
            ? scene.History.Team.GetValueOrDefault(member) ?? new TeamHistory(member, [])
            : null;

    public static void MapTeam(this RouteGroupBuilder api)
    {
        GetTeam.Map(api);
        GetTeamVersions.Map(api);
        SetAvailability.Map(api);
        SetTeamTerms.Map(api);
        AssignMemberCentre.Map(api);
    }
}
