namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Wires what compares the ledger with the carrier's files and invoices.</summary>
public static class ReconciliationSetup
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddOptions<ReconciliationOptions>().BindConfiguration(ReconciliationOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ReconcileFile>();
    }

    public static void MapReconciliation(this RouteGroupBuilder api)
    {
        ReconcileFile.Map(api);
        GetReconciliations.Map(api);
        GetDifferences.Map(api);
        TieOutInvoice.Map(api);
        GetInvoiceTieOuts.Map(api);
    }
}
