using System.Security.Claims;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Analytics;

public static class GetGoals
{
    /// <param name="Items">In the order they were defined in.</param>
    public sealed record GoalListView(IReadOnlyList<GoalView> Items);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/goals", GetAsync)
        .Allow(Permissions.ReadOperations)
        .WithName("GetGoals")
        .WithSummary("The company's goals, retired ones included.")
        .WithTags("Analytics")
        .Produces<GoalListView>();

    private static async Task<IResult> GetAsync(
        ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return Results.Ok(new GoalListView(await database.ReadAsync(
            company, connection => GoalView.ListAsync(connection, company, stop), stop)));
    }
}
