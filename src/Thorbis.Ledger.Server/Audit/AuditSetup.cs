using Thorbis.Ledger.Server.Access;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>Wires what auditors ask.</summary>
public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptions<AccessLogOptions>().BindConfiguration(AccessLogOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ActorNames>().AddSingleton<TrailReader>().AddSingleton<ReadingRecord>()
            .AddHostedService(provider => provider.GetRequiredService<ReadingRecord>());
    }

    public static void MapAudit(this RouteGroupBuilder api)
    {
        GetTrail.Map(api);
        GetAccessLog.Map(api);
    }
}
