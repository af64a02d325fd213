namespace Thorbis.Ledger.Server.Decisions;

/// <summary>Wires what tells where rules send calls.</summary>
public static class DecisionSetup
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<RoutingPasts>()
        .AddSingleton<Drafts>();

    public static void MapDecisions(this RouteGroupBuilder api)
    {
        PreviewCall.Map(api);
        GetCallDecision.Map(api);
        GetConformance.Map(api);
        GetConformanceCalls.Map(api);
        RunWhatIf.Map(api);
    }
}
