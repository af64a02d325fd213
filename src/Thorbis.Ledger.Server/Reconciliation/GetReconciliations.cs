using System.Security.Claims;
using Npgsql;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>The company's comparisons, newest first.</summary>
public static class GetReconciliations
{
    public static void Map(RouteGroupBuilder api)
    {
        var reconciliations = api.MapGroup("/reconciliations").WithTags("Reconciliation");
        reconciliations.MapGet("", ListAsync).Allow(Permissions.ReadReconciliations)
            .WithName("GetReconciliations").WithSummary("Lists the comparisons of files with the ledger, newest first.")
            .Produces<Page<ReconciliationView>>().ProducesProblem(422);
        reconciliations.MapGet("/{reconciliationId:guid}", GetAsync).Allow(Permissions.ReadReconciliations)
            .WithName("GetReconciliation").WithSummary("One comparison: the file, the range, totals per class.")
            .Produces<ReconciliationView>().ProducesProblem(404);
    }

    internal static Task<ReconciliationDone?> FindAsync(
        LedgerDatabase database, string company, Guid id, CancellationToken stop) => database.ReadAsync(
        company,
        async connection =>
        {
            await using var command = connection.Command(
                "select done from ledger.reconciliation where tenant_id = $1 and reconciliation_id = $2", company, id);
            var found = await command.ListAsync(row => Reconciliations.Read(row, 0), stop);
            return found.Count > 0 ? found[0] : null;
        },
        stop);

    private static async Task<IResult> ListAsync(
        [AsParameters] PageAsk page, ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop)
    {
        const string sql = "select done from ledger.reconciliation";
        var company = Actor.Of(user).Company;
        var selection = new Selection(company);
        page.After(selection, "reconciliation_id");
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection, $"{sql} where {selection.Sql} order by reconciliation_id desc", View, Key, stop),
            stop));
    }

    private static async Task<IResult> GetAsync(
        Guid reconciliationId, ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop) =>
        await FindAsync(database, Actor.Of(user).Company, reconciliationId, stop) is { } done
            ? Results.Ok(ReconciliationView.Of(done))
            : Problems.NotFound("reconciliation");

    private static ReconciliationView View(NpgsqlDataReader row) =>
        ReconciliationView.Of(Reconciliations.Read(row, 0));

    private static string[] Key(ReconciliationView view) => [view.ReconciliationId.ToString()];
}
