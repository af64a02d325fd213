using System.Reflection;
using Marten;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Wolverine.Persistence.Durability;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>
/// Brings a database to this version's schema, as its owner: our numbered scripts, Marten's event tables with our
/// index of them, Wolverine's message tables, then one policy on every table that carries a company. Repeating it
/// changes nothing.
/// </summary>
public static class LedgerMigration
{
    private const long LockKey = 0x7ed6e701;
    private const string Scripts = "Hosting.Schema.";
    private const int PolicyTriesMax = 10;
    private const string PolicyScript = "policies.sql";
    private const string EventScript = "events.sql";

    /// <param name="tenantRole">The role of <c>ConnectionStrings:LedgerTenant</c>, which is granted SELECT.</param>
    public static async Task MigrateAsync(IServiceProvider services, string tenantRole, CancellationToken stop)
    {
        var database = services.GetRequiredService<LedgerDatabase>();
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", stop);
        await RunScriptsAsync(connection, stop);
        await services.GetRequiredService<IDocumentStore>()
            .Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
        await ExecuteAsync(connection, Read(EventScript), stop);
        await services.GetRequiredService<IMessageStore>().Admin.MigrateAsync();
        await AccessConfiguration.MigrateIdentityAsync(services, stop);
        await JournalPartitions.EnsureAsync(database, services.GetRequiredService<IClock>().GetCurrentInstant(), stop);
        await ApplyPoliciesAsync(connection, tenantRole, stop);
        await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", stop);
    }

    private static async Task RunScriptsAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await ExecuteAsync(connection, """
            create schema if not exists platform;
            create table if not exists platform.schema_script (name text primary key,
              run_at timestamptz not null default now());
            """, stop);
        foreach (var script in ScriptNames().Where(name => char.IsAsciiDigit(name[0])))
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await using var claim = new NpgsqlCommand(
                "insert into platform.schema_script (name) values ($1) on conflict do nothing", connection);
            claim.Parameters.Add(new() { Value = script });
            if (await claim.ExecuteNonQueryAsync(stop) == 1)
            {
                await ExecuteAsync(connection, Read(script), stop);
            }
            await transaction.CommitAsync(stop);
        }
    }

    private static async Task ApplyPoliciesAsync(NpgsqlConnection connection, string tenantRole, CancellationToken stop)
    {
        await using var setting = new NpgsqlCommand("select set_config('ledger.tenant_role', $1, false)", connection);
        setting.Parameters.Add(new() { Value = tenantRole });
        await setting.ExecuteNonQueryAsync(stop);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ExecuteAsync(connection, Read(PolicyScript), stop);
                return;
            }
            catch (PostgresException busy)
                when (busy.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < PolicyTriesMax)
            {
                // Autovacuum or a running node held one of the tables; nothing was changed.
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }

    private static IEnumerable<string> ScriptNames()
    {
        var prefix = $"{typeof(LedgerMigration).Assembly.GetName().Name}.{Scripts}";
        return Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])
            .Order(StringComparer.Ordinal);
    }

    private static string Read(string script)
    {
        var name = $"{typeof(LedgerMigration).Assembly.GetName().Name}.{Scripts}{script}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {script} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
