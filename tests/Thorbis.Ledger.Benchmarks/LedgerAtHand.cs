using Marten;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Settings;
using Thorbis.Ledger.Server.Webhooks;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>A ledger's database with the server's own store, in this process; nothing of the server runs.</summary>
internal sealed class LedgerAtHand : IAsyncDisposable
{
    private readonly WebApplication services;
    private readonly DatabaseSetup setup;

    private LedgerAtHand(EmbeddedDatabase database, WebApplication services, DatabaseSetup setup) =>
        (Database, this.services, this.setup) = (database, services, setup);

    public EmbeddedDatabase Database { get; }

    public IDocumentStore Store => services.Services.GetRequiredService<IDocumentStore>();

    public NpgsqlDataSource Owner => setup.Database.Owner;

    /// <summary>A new ledger, in place of any of that name.</summary>
    public static async Task<LedgerAtHand> EmptyAsync(Rig rig, string name, CancellationToken stop) =>
        await OpenAsync(await rig.EmptyAsync(name, stop), rig.Clock, stop);

    /// <summary>Opens the database, and brings its schema up to date.</summary>
    public static async Task<LedgerAtHand> OpenAsync(EmbeddedDatabase database, IClock clock, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Environment.EnvironmentName = Environments.Development;
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Configuration[DatabaseSetup.OwnerSetting] = database.OwnerConnectionString;
        builder.Configuration[DatabaseSetup.TenantSetting] = database.TenantConnectionString;
        var setup = await DatabaseSetup.ResolveAsync(builder.Configuration, development: false);
        builder.Services.AddSingleton(clock);
        builder.AddLedgerDatabase(setup);
        builder.AddLedgerStore(setup.Database, clock, solo: true);
        builder.AddIntake();
        builder.AddAccess();
        var ledger = new LedgerAtHand(database, builder.Build(), setup);
        await LedgerMigration.MigrateAsync(ledger.services.Services, setup.TenantRole, stop);
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await setup.Database.DisposeAsync();
    }

    public async Task<long> NumberAsync(string sql, CancellationToken stop)
    {
        await using var command = Owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop) ?? 0L);
    }

    public Task<long> CountAsync(string rows, CancellationToken stop) =>
        NumberAsync($"select count(*) from {rows}", stop);

    public async Task ExecuteAsync(string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = Owner.Command(sql, values);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>A company that the development account serves, holding its numbers since long.</summary>
    /// <returns>An API key of it, with every right.</returns>
    public async Task<string> AddCompanyAsync(SimulatedCompany company, Instant now, CancellationToken stop)
    {
        await ExecuteAsync("""
            insert into platform.company (company_id, name, zone, created_at) values ($1, $2, $3, $4)
            on conflict do nothing
            """, stop, company.CompanyId, company.Name, company.Zone, now);
        await ExecuteAsync("""
            insert into platform.telnyx_account (account_id, name, added_at) values ($1, 'Development', $2)
            on conflict do nothing
            """, stop, Development.AccountId, now);
        await ExecuteAsync(
            "insert into platform.account_company (account_id, company_id) values ($1, $2) on conflict do nothing",
            stop, Development.AccountId, company.CompanyId);
        await ExecuteAsync("""
            insert into platform.number_ownership
              (ownership_id, number, tenant_id, held, registered_at, registered_by, confirmed_at, confirmed_by)
            select gen_random_uuid(), held.number, $2, '[2020-01-01,)', $3, 'bench', $3, 'bench'
            from unnest($1::text[]) held(number)
            where not exists (select 1 from platform.number_ownership o where o.number = held.number)
            """, stop, company.Numbers.ToArray(), company.CompanyId, now);
        return await AddKeyAsync(company, now, stop);
    }

    private async Task<string> AddKeyAsync(SimulatedCompany company, Instant now, CancellationToken stop)
    {
        var keyId = Guid.CreateVersion7();
        var (secret, hash) = ApiKeySecret.Create(keyId);
        await ExecuteAsync("""
            insert into platform.api_key (key_id, tenant_id, name, role, secret_hash, created_at, created_by)
            values ($1, $2, 'bench', $3, $4, $5, 'bench')
            """, stop, keyId, company.CompanyId, Words.Of(Role.Owner), hash, now);
        return secret;
    }
}
