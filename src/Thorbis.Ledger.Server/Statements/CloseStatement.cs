using System.ComponentModel;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Closes a month for good.</summary>
public static class CloseStatement
{
    public sealed record CloseRequest(string? Reason = null);

    public static void Map(RouteGroupBuilder api)
    {
        var statements = api.MapGroup("/statements").WithTags("Statements");
        statements.MapPost("/{month}/close", PostAsync).Allow(Permissions.ManageRates)
            .WithName("CloseStatement")
            .WithSummary("Close a month: its lines and totals never change again. 202 when a second person has to.")
            .Produces<StatementClosed>().Produces(202).ProducesProblem(404).ProducesProblem(422).ProducesProblem(503);
    }

    private static async Task<IResult> PostAsync(
        [Description("Such as 2026-10.")] string month, CloseRequest request, HttpContext context,
        StatementCloser closer, LedgerDatabase database, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        if (StatementDecider.ParseMonth(month) is not { } first)
        {
            return Problems.NotFound("month");
        }
        try
        {
            return await closer.CloseAsync(actor.Company, first, actor.Id, request.Reason, stop) switch
            {
                Closing.Refused refused => refused.Why.ToProblem(),
                Closing.Proposed => Results.Accepted($"/api/v1/statements/{month}"),
                _ => Results.Ok(await database.ReadAsync(actor.Company, async connection => (
                    await StatementBooks.ClosedAsync(connection, actor.Company, first, stop)).Single(), stop)),
            };
        }
        catch (TimeoutException)
        {
            return Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "costs-behind", "The cost ledger is behind.",
                "It has not reached what is settled; try again in a minute.");
        }
    }
}
