using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

public static class GetCalls
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/calls", Get)
        .Allow(Permissions.ReadOperations)
        .WithName("GetCalls")
        .WithSummary("Lists the company's calls, newest first.")
        .WithTags("Calls")
        .Produces<Page<CallRow>>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] CallFilter filter, [AsParameters] PageAsk page, ClaimsPrincipal user, LedgerDatabase database,
        IClock clock, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var company = Actor.Of(user).Company;
        var selection = new Selection(company);
        filter.Apply(selection, now);
        page.After(selection, "usage_at", "call_id");
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection,
            $"select {CallRow.Columns} from ledger.call where {selection.Sql} order by usage_at desc, call_id desc",
            row => CallRow.Read(row, now), CallRow.Key, stop), stop));
    }
}
