using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Tests.Settings;

/// <summary>A database of its own that has the tables of Telnyx accounts and nothing in them.</summary>
internal sealed class EmptyAccounts(EmbeddedPostgres postgres, string name, LedgerDatabase database) : IAsyncDisposable
{
    public LedgerDatabase Database { get; } = database;

    public static async Task<EmptyAccounts> CreateAsync(CancellationToken stop)
    {
        var postgres = await EmbeddedPostgres.StartAsync(null, stop);
        var name = $"empty_{Guid.CreateVersion7():N}";
        var logins = await postgres.CreateDatabaseAsync(name, stop);
        var owner = new NpgsqlDataSourceBuilder(logins.OwnerConnectionString);
        owner.UseNodaTime();
        var empty = new EmptyAccounts(
            postgres, name, new(owner.Build(), NpgsqlDataSource.Create(logins.TenantConnectionString)));
        await using var tables = empty.Database.Owner.Command("""
            create schema platform;
            create table platform.telnyx_account (account_id text primary key, name text, added_at timestamptz);
            create table platform.telnyx_key (
              key_id uuid, account_id text, public_key bytea unique, added_at timestamptz, retired_at timestamptz);
            """);
        await tables.ExecuteNonQueryAsync(stop);
        return empty;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await postgres.DropDatabaseAsync(name, CancellationToken.None);
        await postgres.DisposeAsync();
    }
}
