using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>Defines, revises and retires budgets. Each is evaluated at once afterwards.</summary>
public static class ChangeBudget
{
    /// <param name="Source">Whose amounts are watched: <c>carrier</c> or <c>deck</c>.</param>
    /// <param name="Limit">Of a calendar month of the company's zone; 0 is a limit of nothing at all.</param>
    /// <param name="Currency">ISO 4217; spend in others does not count.</param>
    /// <param name="Number">Only this own number, E.164; any when left out.</param>
    /// <param name="CostCentre">Only this cost centre; any when left out. Not beside a number.</param>
    /// <param name="Thresholds">Percent of the limit, 1 to 10 of them; 80 and 100 when left out.</param>
    /// <param name="ForecastAlert">Also tell when the limit is expected to be reached.</param>
    /// <param name="Recipients">Addresses that get an e-mail, at most 20.</param>
    /// <param name="Version">Of a revision: the version that was edited.</param>
    public sealed record BudgetRequest(
        string Name, SpendSource Source, decimal Limit, string Currency, string? Number = null,
        string? CostCentre = null, IReadOnlyList<int>? Thresholds = null, bool ForecastAlert = false,
        IReadOnlyList<string>? Recipients = null, int? Version = null);

    public sealed record BudgetChangedView(Guid BudgetId, int Version);

    public static void Map(RouteGroupBuilder api)
    {
        var budgets = api.MapGroup("/budgets").WithTags("Budgets");
        budgets.MapPost("", PostAsync).Allow(Permissions.ManageBudgets)
            .WithName("DefineBudget").WithSummary("Watch a month's spend of the company, a number or a cost centre.")
            .Produces<BudgetChangedView>(201).ProducesProblem(409).ProducesProblem(422);
        budgets.MapPut("/{budgetId:guid}", PutAsync).Allow(Permissions.ManageBudgets)
            .WithName("ReviseBudget").WithSummary("Change a budget, whole; a stale edit is refused.")
            .Produces<BudgetChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        budgets.MapDelete("/{budgetId:guid}", DeleteAsync).Allow(Permissions.ManageBudgets)
            .WithName("RetireBudget").WithSummary("Watch it no more; what it told of stays. Repeating it is harmless.")
            .Produces(204).ProducesProblem(404);
    }

    private static Task<IResult> PostAsync(
        BudgetRequest request, HttpContext context, FactTransactions transactions, BudgetWatch watch, IClock clock,
        CancellationToken stop) => ChangeAsync(
        context, transactions, watch, request.Recipients ?? [], async (change, actor, recipients) =>
        {
            var present = await BudgetTable.ListAsync(change.Connection, actor.Company, stop);
            var held = await HeldAsync(change.Connection, actor.Company, clock.GetCurrentInstant(), stop);
            return (null, BudgetDecider.Define(
                Guid.CreateVersion7(), Terms(request, recipients), held, present.Count, actor.Id,
                clock.GetCurrentInstant()));
        },
        budget => Results.Created(
            $"/api/v1/budgets/{budget.BudgetId}", new BudgetChangedView(budget.BudgetId, budget.Version)),
        clock, stop);

    private static async Task<IResult> PutAsync(
        Guid budgetId, BudgetRequest request, HttpContext context, FactTransactions transactions, BudgetWatch watch,
        IClock clock, CancellationToken stop) => request.Version is not { } version
        ? Problems.Invalid("version", "The version that was edited is needed.")
        : await ChangeAsync(
            context, transactions, watch, request.Recipients ?? [], async (change, actor, recipients) =>
            {
                var budget = await BudgetTable.LockAsync(change.Connection, actor.Company, budgetId, stop);
                var held = await HeldAsync(change.Connection, actor.Company, clock.GetCurrentInstant(), stop);
                return (budget, budget is null ? null : BudgetDecider.Revise(
                    budget, version, Terms(request, recipients), held, actor.Id, clock.GetCurrentInstant()));
            },
            budget => Results.Ok(new BudgetChangedView(budget.BudgetId, budget.Version)), clock, stop);

    private static Task<IResult> DeleteAsync(
        Guid budgetId, HttpContext context, FactTransactions transactions, BudgetWatch watch, IClock clock,
        CancellationToken stop) => ChangeAsync(
        context, transactions, watch, [], async (change, actor, _) =>
        {
            var budget = await BudgetTable.LockAsync(change.Connection, actor.Company, budgetId, stop);
            return (budget, budget is null ? null : BudgetDecider.Retire(budget, actor.Id, clock.GetCurrentInstant()));
        },
        _ => Results.NoContent(), clock, stop);

    /// <param name="decide">On the budget as it is (null for a new one); a decision of null for no such budget.</param>
    private static async Task<IResult> ChangeAsync(
        HttpContext context, FactTransactions transactions, BudgetWatch watch, IReadOnlyList<string> addresses,
        Func<FactTransaction, Actor, IReadOnlyList<Guid>, Task<(Budget? Before, Decision<BudgetFact>? Made)>> decide,
        Func<Budget, IResult> answer, IClock clock, CancellationToken stop)
    {
        if (Recipients.Refuse(addresses, BudgetDecider.RecipientsMax) is { } problem)
        {
            return problem;
        }
        var actor = Actor.Of(context.User);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var recipients = await Recipients.IdsAsync(change, actor.Company, addresses, clock.GetCurrentInstant(), stop);
        var (budget, decision) = await decide(change, actor, recipients);
        switch (decision)
        {
            case null:
                return Problems.NotFound("budget");
            case Refused<BudgetFact> refused:
                return refused.Why.ToProblem();
            case Accepted<BudgetFact> { Facts: [var fact] }:
                var changed = Budget.Evolve(budget, fact)!;
                await change.AppendAsync(actor.Company, BudgetTable.StreamOf(fact.BudgetId), [fact], stop);
                await BudgetTable.WriteAsync(change, actor.Company, changed, stop);
                await change.CommitAsync(stop);
                watch.Changed(actor.Company);
                return answer(changed);
            default:
                return answer(budget!);
        }
    }

    private static BudgetTerms Terms(BudgetRequest request, IReadOnlyList<Guid> recipients) => new(
        request.Name, request.Source, request.Number is { } number ? PhoneNumber.Normalize(number) ?? number : null,
        request.CostCentre, request.Limit, request.Currency, request.Thresholds ?? BudgetDecider.DefaultThresholds,
        request.ForecastAlert, recipients);

    private static async Task<List<string>> HeldAsync(
        NpgsqlConnection connection, string company, Instant now, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select distinct number from platform.number_ownership
            where tenant_id = $1 and confirmed_at is not null and held @> $2::timestamptz
            """, company, now);
        return await command.ListAsync(row => row.GetString(0), stop);
    }
}
