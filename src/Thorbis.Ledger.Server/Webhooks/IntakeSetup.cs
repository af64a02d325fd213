using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Wires intake, journal and interpretation.</summary>
public static class IntakeSetup
{
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<IntakeOptions>().BindConfiguration(IntakeOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<IntakePressure>().AddSingleton<WakeUps>();
        services.AddSingleton<FactAppender>();
        services.AddSingleton<InterpretationBatch>();
        services.AddSingleton<Interpreter>();
        services.AddSingleton<ReceiveWebhook>();
        services.AddSingleton<IBacklogRelease, Backlog>();
        services.AddSingleton<Reinterpretation>();
        AddHosted<TelnyxKeyRing>(services);
        AddHosted<Journal>(services);
        AddHosted<UnverifiedRing>(services);
        services.AddSingleton<IUnverifiedRing>(provider => provider.GetRequiredService<UnverifiedRing>());
        services.AddHostedService<BacklogSweep>();
        services.AddHostedService<JournalPartitionsUpkeep>();
    }

    private static void AddHosted<TService>(IServiceCollection services)
        where TService : class, IHostedService
    {
        services.AddSingleton<TService>();
        services.AddHostedService(provider => provider.GetRequiredService<TService>());
    }
}
