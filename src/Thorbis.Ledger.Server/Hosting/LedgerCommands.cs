using JasperFx;
using Thorbis.Ledger.Server.Settings;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>What the executable does: serve by default, <c>migrate</c>, or one of Wolverine's and Marten's
/// commands.</summary>
public static class LedgerCommands
{
    public static void AddLedgerDatabase(this WebApplicationBuilder builder, DatabaseSetup setup)
    {
        builder.Services.AddSingleton(setup.Database);
        // Marten's store takes its connections from here.
        builder.Services.AddSingleton(setup.Database.Owner);
        builder.Services.ConfigureHttpJsonOptions(json => LedgerJson.Configure(json.SerializerOptions));
    }

    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunLedgerAsync(this WebApplication app, DatabaseSetup setup, string[] args)
    {
        try
        {
            var serve = args is [] or [['-', ..], ..];
            if (args is ["migrate", ..] || (serve && app.Environment.IsDevelopment()))
            {
                await LedgerMigration.MigrateAsync(app.Services, setup.TenantRole, CancellationToken.None);
            }
            if (serve)
            {
                // Not by JasperFx's own command, which answers a start that failed with exit code 0.
                await app.RunAsync();
                return 0;
            }
            return args is ["migrate", ..] ? 0 : await app.RunJasperFxCommands(args);
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
        finally
        {
            await app.DisposeAsync();
            await setup.Database.DisposeAsync();
            if (setup.Embedded is not null)
            {
                await setup.Embedded.DisposeAsync();
            }
        }
    }
}
