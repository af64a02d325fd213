using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Analytics;

public static class RetireGoal
{
    public static void Map(RouteGroupBuilder api) => api.MapDelete("/goals/{goalId:guid}", DeleteAsync)
        .Allow(Permissions.ManageGoals)
        .WithName("RetireGoal")
        .WithSummary("Count a goal no longer; repeating it is harmless.")
        .WithTags("Analytics")
        .Produces(204).ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> DeleteAsync(
        Guid goalId, [Description("Why, at most 500 characters.")] string? reason, HttpContext context,
        FactTransactions transactions, IClock clock, CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        await using var change = await transactions.BeginAsync(stop);
        await change.LockCompanyAsync(actor.Company, stop);
        var goals = await GoalView.ListAsync(change.Connection, actor.Company, stop);
        if (goals.Find(goal => goal.GoalId == goalId) is not { } known)
        {
            return Problems.NotFound("goal");
        }
        var decision = GoalDecider.Retire(
            goalId, known.RetiredAt is not null, reason, actor.Id, clock.GetCurrentInstant());
        if (decision is Refused<GoalFact> refused)
        {
            return refused.Why.ToProblem();
        }
        if (decision is Accepted<GoalFact> { Facts: [GoalRetired retired] })
        {
            await change.ExecuteAsync(
                "update platform.goal set retired_at = $2 where goal_id = $1", stop, goalId, retired.OccurredAt);
            await change.AppendAsync(actor.Company, $"goal/{goalId}", [retired], stop);
            await change.CommitAsync(stop);
        }
        return Results.NoContent();
    }
}
