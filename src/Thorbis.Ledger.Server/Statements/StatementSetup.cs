namespace Thorbis.Ledger.Server.Statements;

/// <summary>Wires closing months, and delivering them.</summary>
public static class StatementSetup
{
    public static IServiceCollection AddStatements(this IServiceCollection services)
    {
        services.AddOptions<StatementOptions>().BindConfiguration(StatementOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<StatementCloser>()
            .AddSingleton<StatementClock>()
            .AddHostedService(provider => provider.GetRequiredService<StatementClock>())
            .AddSingleton<StatementAttachment>()
            .AddSingleton<StatementFolder>()
            .AddSingleton<StatementBucket>()
            .AddSingleton<StatementSender>();
    }

    public static void MapStatements(this RouteGroupBuilder api)
    {
        GetStatements.Map(api);
        CloseStatement.Map(api);
        SetStatementRules.Map(api);
    }
}
