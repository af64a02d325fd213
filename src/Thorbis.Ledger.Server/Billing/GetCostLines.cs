using System.ComponentModel;
using System.Security.Claims;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

public static class GetCostLines
{
    private const string OneSql = $"""
        select {CostLineRow.Columns} from ledger.cost_line where tenant_id = $1 and seq = $2 and ordinal = $3
        """;

    public static void Map(RouteGroupBuilder api)
    {
        var lines = api.MapGroup("/cost-lines").WithTags("Costs");
        lines.MapGet("", ListAsync).Allow(Permissions.ReadCosts)
            .WithName("GetCostLines").WithSummary("Lists cost lines, newest first.")
            .Produces<Page<CostLineRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        lines.MapGet("/{id}", GetAsync).Allow(Permissions.ReadCosts)
            .WithName("GetCostLine").WithSummary("One cost line.")
            .Produces<CostLineRow>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <returns>Null when the company has no such line.</returns>
    internal static Task<CostLineRow?> FindAsync(
        LedgerDatabase database, string company, string id, CancellationToken stop) =>
        CostLineRow.ParseId(id) is not var (sequence, ordinal)
            ? Task.FromResult<CostLineRow?>(null)
            : database.ReadAsync(company, async connection =>
            {
                await using var command = connection.Command(OneSql, company, sequence, ordinal);
                return (await command.ListAsync(CostLineRow.Read, stop)).SingleOrDefault();
            }, stop);

    private static async Task<IResult> ListAsync(
        [AsParameters] CostLineFilter filter, [AsParameters] PageAsk page, ClaimsPrincipal user,
        LedgerDatabase database, CompanyZones zones, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var selection = new Selection(company);
        filter.Apply(selection, await zones.OfAsync(company, stop));
        page.AfterPlace(selection, "occurred_at");
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection,
            $"""
            select {CostLineRow.Columns} from ledger.cost_line where {selection.Sql}
            order by occurred_at desc, seq desc, ordinal desc
            """,
            CostLineRow.Read, CostLineRow.Key, stop), stop));
    }

    private static async Task<IResult> GetAsync(
        [Description("The line's id, as lists show it.")] string id, ClaimsPrincipal user, LedgerDatabase database,
        CancellationToken stop) =>
        await FindAsync(database, Actor.Of(user).Company, id, stop) is { } line
            ? Results.Ok(line)
            : Problems.NotFound("cost line");
}
