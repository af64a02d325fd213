namespace Thorbis.Ledger.Server.Budgets;

/// <summary>Wires the watch over budgets and their operations.</summary>
public static class BudgetSetup
{
    public static void AddBudgets(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton<BudgetEvaluator>()
        .AddSingleton<BudgetWatch>()
        .AddHostedService(provider => provider.GetRequiredService<BudgetWatch>());

    public static void MapBudgets(this RouteGroupBuilder api)
    {
        GetBudgets.Map(api);
        ChangeBudget.Map(api);
    }
}
