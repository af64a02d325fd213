using JasperFx;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>What the executable does: serve by default, <c>migrate</c>, or one of Wolverine's and Marten's commands.</summary>
public static class LedgerCommands
{
    /// <summary>Marten's store takes its connections from here.</summary>
    public static void AddNpgsqlDataSourceOf(this IServiceCollection services, DatabaseSetup setup) =>
        services.AddSingleton(setup.Database.Owner);

    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunLedgerAsync(this WebApplication app, DatabaseSetup setup, string[] args)
    {
        try
        {
            var migrateOnly = args is ["migrate", ..];
            if (migrateOnly || (app.Environment.IsDevelopment() && args is [] or ["--", ..]) || args is [['-', ..], ..])
            {
                await LedgerMigration.MigrateAsync(app.Services, setup.TenantRole, CancellationToken.None);
            }
            return migrateOnly ? 0 : await app.RunJasperFxCommands(args);
        }
        finally
        {
            if (setup.Embedded is not null)
            {
                await setup.Embedded.DisposeAsync();
            }
        }
    }
}
