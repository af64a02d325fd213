namespace Thorbis.Ledger.Server.Configuration;

/// <summary>Wires what decides on calls.</summary>
public static class ConfigurationSetup
{
    public static IServiceCollection AddConfigurations(this IServiceCollection services) => services
        .AddSingleton<Configurations>()
        .AddSingleton<ConfigurationReading>()
        .AddSingleton<ConfigurationChanges>();

    public static void MapConfigurations(this RouteGroupBuilder api)
    {
        GetAsOf.Map(api);
        GetDiff.Map(api);
    }
}
