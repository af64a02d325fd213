using System.Security.Claims;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Messages;

public static class GetMessages
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/messages", Get)
        .Allow(Permissions.ReadOperations)
        .WithName("GetMessages")
        .WithSummary("Lists the company's messages, newest first.")
        .WithTags("Messages")
        .Produces<Page<MessageRow>>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] MessageFilter filter, [AsParameters] PageAsk page, ClaimsPrincipal user,
        LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var selection = new Selection(company);
        filter.Apply(selection);
        page.After(selection, "usage_at", "message_id");
        var sql = $"""
            select {MessageRow.Columns} from ledger.message where {selection.Sql}
            order by usage_at desc, message_id desc
            """;
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection, sql, MessageRow.Read, MessageRow.Key, stop), stop));
    }
}
