using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Analytics;

public static class DefineGoal
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/goals", PostAsync)
        .Allow(Permissions.ManageGoals)
        .WithName("DefineGoal")
        .WithSummary("Define what counts as a success of a call; it is counted for calls of every time.")
        .WithTags("Analytics")
        .Produces<GoalView>(201).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        GoalDraft draft, HttpContext context, FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var goals = await GoalView.ListAsync(change.Connection, actor.Company, stop);
        var inForce = goals.Where(goal => goal.RetiredAt is null).Select(goal => goal.Name).ToList();
        switch (GoalDecider.Define(inForce, Guid.CreateVersion7(), draft, actor.Id, clock.GetCurrentInstant()))
        {
            case Refused<GoalFact> refused:
                return refused.Why.ToProblem();
            case Accepted<GoalFact> { Facts: [GoalDefined goal] }:
                await WriteAsync(change, actor.Company, goal, stop);
                await change.CommitAsync(stop);
                return Results.Created("/api/v1/goals", GoalView.Of(goal));
            case var other:
                throw new InvalidOperationException($"A goal's definition came to {other}.");
        }
    }

    private static async Task WriteAsync(
        FactTransaction change, string company, GoalDefined goal, CancellationToken stop)
    {
        await change.ExecuteAsync(
            """
            insert into platform.goal
              (goal_id, tenant_id, name, kind, seconds, key, days, defined_at, defined_by, reason)
            values ($1, $2, $3, $4, $5::int, $6::text, $7::int, $8, $9, $10::text)
            """,
            stop, goal.GoalId, company, goal.Name, Words.Of(goal.Kind), goal.Seconds, goal.Key, goal.Days,
            goal.OccurredAt, goal.By, goal.Reason);
        await change.AppendAsync(company, $"goal/{goal.GoalId}", [goal], stop);
    }
}
