using Microsoft.Extensions.Options;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Says how a company closes its months, and where closed ones go.</summary>
public static class SetStatementRules
{
    /// <param name="CloseAfterDays">The clock closes so many days after a month's end; null for by hand.</param>
    /// <param name="Destinations">Where every month that is closed from now on is delivered, at most 20; none when left
    /// out.</param>
    public sealed record RulesRequest(
        bool SecondPerson, int? CloseAfterDays = null, IReadOnlyList<DestinationView>? Destinations = null,
        string? Reason = null);

    public static void Map(RouteGroupBuilder api) => api
        .MapPut("/statements/rules", PutAsync).Allow(Permissions.ManageRates)
        .WithName("SetStatementRules")
        .WithSummary("Say who closes months, and where closed ones are delivered: whole, in place of what was said.")
        .WithTags("Statements").Produces(204).ProducesProblem(422);

    private static async Task<IResult> PutAsync(
        RulesRequest request, HttpContext context, FactTransactions transactions, IOptions<StatementOptions> options,
        IClock clock, CancellationToken stop)
    {
        var (actor, views, now) = (Actor.Of(context.User), request.Destinations ?? [], clock.GetCurrentInstant());
        if (DestinationViews.RefuseAddresses(views) is { } noAddress)
        {
            return noAddress.ToProblem();
        }
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var present = await StatementBooks.RulesAsync(change.Connection, actor.Company, stop);
        var wanted = new StatementRulesSet(
            now, request.SecondPerson, request.CloseAfterDays, actor.Id, request.Reason,
            await DestinationViews.KeepAsync(change, actor.Company, views, now, stop));
        switch (StatementDecider.SetRules(present, wanted, options.Value.Offer))
        {
            case Refused<StatementFact> refused:
                return refused.Why.ToProblem();
            case Accepted<StatementFact> { Facts: [_, ..] facts }:
                await change.AppendAsync(actor.Company, StatementBooks.RulesStream, facts, stop);
                await StatementNotice.EndPendingAsync(change, actor.Company, wanted.Destinations!, stop);
                await change.CommitAsync(stop);
                break;
        }
        return Results.NoContent();
    }
}
