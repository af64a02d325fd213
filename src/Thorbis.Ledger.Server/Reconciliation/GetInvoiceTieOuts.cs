using System.Security.Claims;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>The months that were tied out, newest first.</summary>
public static class GetInvoiceTieOuts
{
    private const string Sql = "select tie_out_id, tied_out from ledger.invoice_tie_out";

    public static void Map(RouteGroupBuilder api)
    {
        var tieOuts = api.MapGroup("/invoice-tie-outs").WithTags("Reconciliation");
        tieOuts.MapGet("", ListAsync).Allow(Permissions.ReadReconciliations)
            .WithName("GetInvoiceTieOuts").WithSummary("Lists what was tied out to invoices, newest first.")
            .Produces<Page<TieOutView>>().ProducesProblem(422);
        tieOuts.MapGet("/{tieOutId:guid}", GetAsync).Allow(Permissions.ReadReconciliations)
            .WithName("GetInvoiceTieOut").WithSummary("One tie-out with its lines.")
            .Produces<TieOutView>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageAsk page, ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var selection = new Selection(company);
        page.After(selection, "tie_out_id");
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection, $"{Sql} where {selection.Sql} order by tie_out_id desc", Read,
            view => [view.TieOutId.ToString()], stop), stop));
    }

    private static async Task<IResult> GetAsync(
        Guid tieOutId, ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var found = await database.ReadAsync(
            company,
            async connection =>
            {
                await using var command = connection.Command(
                    $"{Sql} where tenant_id = $1 and tie_out_id = $2", company, tieOutId);
                return await command.ListAsync(Read, stop);
            },
            stop);
        return found is [var view] ? Results.Ok(view) : Problems.NotFound("tie-out");
    }

    private static TieOutView Read(NpgsqlDataReader row) =>
        TieOutView.Of(row.GetGuid(0), InvoiceTieOuts.Read(row, 1));
}
