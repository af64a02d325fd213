using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.Events;
using JasperFx.Events.Projections;
using JasperFx.MultiTenancy;
using Marten;
using NodaTime;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Usage;
using Thorbis.Ledger.Server.Webhooks;
using Weasel.Core;
using Wolverine;
using Wolverine.Marten;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Marten and Wolverine as this ledger uses them.</summary>
public static class LedgerStore
{
    public const string Schema = "ledger";
    private const int ProjectionBatch = 5_000;

    /// <param name="solo">One node with the embedded database; any configured database may have several.</param>
    public static void AddLedgerStore(this WebApplicationBuilder builder, LedgerDatabase database, IClock clock,
        bool solo)
    {
        builder.Services.AddMarten(options => Configure(options, database, clock))
            .UseNpgsqlDataSource()
            .IntegrateWithWolverine(integration =>
            {
                integration.MessageStorageSchemaName = "wolverine";
                integration.TransportSchemaName = "wolverine";
                integration.AutoCreate = AutoCreate.CreateOrUpdate;
                integration.UseWolverineManagedEventSubscriptionDistribution = true;
            });
        // Named by hand, because looking for handlers and extensions loads every assembly that is deployed.
        builder.Host.UseWolverine(options =>
        {
            options.ApplicationAssembly = typeof(LedgerStore).Assembly;
            options.Durability.Mode = solo ? DurabilityMode.Solo : DurabilityMode.Balanced;
            // A node that was killed gives its projections up after this, not after Wolverine's minute.
            options.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(15);
            options.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(3);
            options.Policies.AutoApplyTransactions();
            options.Policies.UseDurableLocalQueues();
            options.LocalQueueFor<InterpretPending>().Sequential();
            options.AutoBuildMessageStorageOnStartup = AutoCreate.None;
            options.Discovery.DisableConventionalDiscovery().IncludeType(typeof(InterpretPendingHandler));
            options.UseRuntimeCompilation();
        }, ExtensionDiscovery.ManualOnly);
        builder.Services.CritterStackDefaults(defaults =>
        {
            defaults.Production.GeneratedCodeMode = TypeLoadMode.Static;
            defaults.Production.ResourceAutoCreate = AutoCreate.None;
            defaults.Development.ResourceAutoCreate = AutoCreate.None;
        });
    }

    private static void Configure(StoreOptions options, LedgerDatabase database, IClock clock)
    {
        options.DatabaseSchemaName = Schema;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.DisableNpgsqlLogging = true;
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Policies.AllDocumentsAreMultiTenanted();
        options.Advanced.DefaultTenantUsageEnabled = false;
        options.Events.EnableUniqueIndexOnEventId = true;
        // Ours, of Schema/events.sql: Marten would drop what it does not know.
        options.Events.IgnoreIndex("mt_events_told_by_commands");
        options.Events.MetadataConfig.CausationIdEnabled = true;
        options.Events.UseListenNotifyForEventAppends = true;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json =>
            LedgerJson.Configure(json));
        foreach (var (type, name) in FactCatalogue.All)
        {
            options.Events.MapEventType(type, name);
        }
        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.Projections.Add(
            new CommunicationsProjection(database, clock), ProjectionLifecycle.Async,
                CommunicationsProjection.ProjectionName,
            async =>
            {
                async.BatchSize = ProjectionBatch;
                async.MaximumHopperSize = 4 * ProjectionBatch;
                async.DeleteDataInTableOnTeardown("ledger.call");
                async.DeleteDataInTableOnTeardown("ledger.message");
                async.DeleteDataInTableOnTeardown("ledger.usage_bucket");
                async.DeleteDataInTableOnTeardown("ledger.wait_bucket");
                async.DeleteDataInTableOnTeardown("ledger.centre_bucket");
                async.DeleteDataInTableOnTeardown(CentreBooks.OfUsage);
            });
        options.Projections.Add(
            new CostsProjection(database, new(database, clock), new(), clock, TimeProvider.System),
            ProjectionLifecycle.Async,
            CostsProjection.ProjectionName,
            async =>
            {
                async.BatchSize = ProjectionBatch;
                async.MaximumHopperSize = 4 * ProjectionBatch;
                foreach (var table in CostsProjection.Tables)
                {
                    async.DeleteDataInTableOnTeardown(table);
                }
            });
    }
}
