using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Budgets;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Messages;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Wires the files that companies can take.</summary>
public static class ExportSetup
{
    public static readonly IReadOnlyList<Export> All =
    [
        ExportUsage.Export, ExportUsageSeries.Export, ExportCalls.Export, ExportMessages.Export,
        ExportCostLines.Export, ExportBudgets.Export, ExportTrail.Export,
    ];

    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        services.AddOptions<ExportOptions>().BindConfiguration(ExportOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<Exporter>().AddSingleton<ExportJobs>().AddSingleton<ExportRun>()
            .AddSingleton<ExportRunner>()
            .AddHostedService(provider => provider.GetRequiredService<ExportRunner>());
    }

    public static void MapExports(this RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        foreach (var export in All)
        {
            export.Map(exports);
        }
        GetExportJobs.Map(api);
    }
}
