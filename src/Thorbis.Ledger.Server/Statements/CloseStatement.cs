using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Closes a month for good, and says how a company closes its months.</summary>
public static class CloseStatement
{
    public sealed record CloseRequest(string? Reason = null);

    /// <param name="CloseAfterDays">The clock closes so many days after a month's end; null for by hand.</param>
    public sealed record RulesRequest(bool SecondPerson, int? CloseAfterDays = null);

    public static void Map(RouteGroupBuilder api)
    {
        var statements = api.MapGroup("/statements").WithTags("Statements");
        statements.MapPost("/{month}/close", PostAsync).Allow(Permissions.ManageRates)
            .WithName("CloseStatement")
            .WithSummary("Close a month: its lines and totals never change again. 202 when a second person has to.")
            .Produces<StatementClosed>().Produces(202).ProducesProblem(404).ProducesProblem(422).ProducesProblem(503);
        statements.MapPut("/rules", PutRulesAsync).Allow(Permissions.ManageRates)
            .WithName("SetStatementRules").WithSummary("Say whether a second person, or the clock, closes months.")
            .Produces(204).ProducesProblem(422);
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

    private static async Task<IResult> PutRulesAsync(
        RulesRequest request, HttpContext context, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        var decision = StatementDecider.SetRules(
            request.SecondPerson, request.CloseAfterDays, actor.Id, clock.GetCurrentInstant());
        if (decision is Refused<StatementFact> refused)
        {
            return refused.Why.ToProblem();
        }
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        await change.AppendAsync(
            actor.Company, StatementBooks.RulesStream, ((Accepted<StatementFact>)decision).Facts, stop);
        await change.CommitAsync(stop);
        return Results.NoContent();
    }
}
