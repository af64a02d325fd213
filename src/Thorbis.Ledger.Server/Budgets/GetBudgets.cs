using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>A company's budgets: what is spent, what is expected, what was told.</summary>
public static class GetBudgets
{
    /// <param name="Items">In the order they were defined; retired ones are left out.</param>
    public sealed record BudgetListView(IReadOnlyList<BudgetView> Items);

    /// <param name="Version">Of the budget whose terms were taken for every month.</param>
    /// <param name="FirstDay">First day that the ledger has costs of for this budget, of those looked at; left out for
    /// none. Months before it say nothing.</param>
    /// <param name="Months">The twelve complete months before the present one, ascending.</param>
    public sealed record BacktestView(
        Guid BudgetId, int Version, decimal Limit, string Currency, LocalDate? FirstDay,
        IReadOnlyList<BacktestMonth> Months);

    public static void Map(RouteGroupBuilder api)
    {
        var budgets = api.MapGroup("/budgets").WithTags("Budgets");
        budgets.MapGet("", ListAsync).Allow(Permissions.ReadBudgets)
            .WithName("GetBudgets")
            .WithSummary("The company's budgets with spend, forecast and crossings of this month.")
            .Produces<BudgetListView>();
        budgets.MapGet("/{budgetId:guid}", GetAsync).Allow(Permissions.ReadBudgets)
            .WithName("GetBudget").WithSummary("One budget, with everything that it ever told of.")
            .Produces<BudgetView>().ProducesProblem(404);
        budgets.MapGet("/{budgetId:guid}/backtest", BacktestAsync).Allow(Permissions.ReadBudgets)
            .WithName("BacktestBudget").WithSummary("Which alerts the last twelve months would have given.")
            .Produces<BacktestView>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones, IClock clock, CancellationToken stop) =>
        Results.Ok(new BudgetListView(await ReadAsync(
            user, database, zones, clock, reading => reading.ListAsync(stop), stop)));

    private static async Task<IResult> GetAsync(
        Guid budgetId, ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones, IClock clock,
        CancellationToken stop) =>
        await ReadAsync(user, database, zones, clock, reading => reading.FindAsync(budgetId, stop), stop) is { } found
            ? Results.Ok(found)
            : Problems.NotFound("budget");

    private static async Task<TResult> ReadAsync<TResult>(
        ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones, IClock clock,
        Func<BudgetReading, Task<TResult>> read, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var now = clock.GetCurrentInstant().InZone(await zones.OfAsync(company, stop));
        return await database.ReadAsync(company, connection => read(new(connection, company, now)), stop);
    }

    private static async Task<IResult> BacktestAsync(
        Guid budgetId, ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones, IClock clock,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var zone = await zones.OfAsync(company, stop);
        var present = SpendReading.PeriodOf(clock.GetCurrentInstant().InZone(zone));
        var found = await database.ReadAsync(
            company, connection => WouldHaveToldAsync(connection, company, budgetId, present, zone, stop), stop);
        return found is null ? Problems.NotFound("budget") : Results.Ok(found);
    }

    private static async Task<BacktestView?> WouldHaveToldAsync(
        NpgsqlConnection connection, string company, Guid budgetId, LocalDate present, DateTimeZone zone,
        CancellationToken stop)
    {
        if (await BudgetTable.FindAsync(connection, company, budgetId, stop) is not { } budget)
        {
            return null;
        }
        var from = present.PlusMonths(-BudgetBacktest.Months).PlusDays(-SpendForecast.WindowDays);
        var read = await SpendReading.DaysAsync(connection, company, from, present, budgetId, stop);
        (LocalDate Day, decimal Amount)[] days = [.. read[budgetId]];
        return new(
            budgetId, budget.Version, budget.Terms.Limit, budget.Terms.Currency,
            days is [var first, ..] ? first.Day : null, BudgetBacktest.Of(budget, days, present, zone));
    }
}
