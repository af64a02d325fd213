using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The connection strings of one database on the embedded server.</summary>
/// <param name="OwnerConnectionString">Logs in as the database's owner, who is no superuser.</param>
/// <param name="TenantConnectionString">Logs in as the role that starts without any rights.</param>
public sealed record EmbeddedDatabase(string OwnerConnectionString, string TenantConnectionString);

/// <summary>
/// A private PostgreSQL for development and tests: found or started by the first process that needs it, ended by the
/// last one that leaves. Reachable on the loopback interface only, with generated passwords.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    public const string OwnerRole = "ledger_owner";
    public const string TenantRole = "ledger_tenant";
    private const string Database = "ledger";

    private readonly string directory;
    private readonly PostgresPasswords passwords;
    private readonly PostgresCluster cluster;
    private string superuser = "";
    private FileStream? use;

    [SupportedOSPlatform("linux")]
    private EmbeddedPostgres(string directory)
    {
        this.directory = directory;
        passwords = PostgresPasswords.In(Path.Combine(directory, "passwords"));
        cluster = new(Path.Combine(directory, "data"), passwords);
    }

    /// <summary>To database <c>ledger</c>, as its owner.</summary>
    public string OwnerConnectionString => Of(Database).OwnerConnectionString;

    /// <summary>To database <c>ledger</c>, as the tenant role.</summary>
    public string TenantConnectionString => Of(Database).TenantConnectionString;

    /// <summary>Starts the cluster of a directory, or joins it where it runs already.</summary>
    /// <param name="directory">Of one cluster; null takes the checkout's own.</param>
    /// <exception cref="InvalidOperationException">It cannot be had; the message says what to do about it.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(string? directory, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new InvalidOperationException("The embedded PostgreSQL runs on Linux: set ConnectionStrings:Ledger.");
        }
        directory = Path.GetFullPath(directory ?? PostgresDirectory.OfCheckout());
        await PostgresDirectory.PrepareAsync(directory);
        await using var turn = await PostgresDirectory.LockAsync(directory, stop);
        var postgres = new EmbeddedPostgres(directory);
        try
        {
            postgres.superuser = await postgres.cluster.StartAsync(stop);
            await postgres.CreateRolesAsync(stop);
            postgres.use = new(postgres.UseFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
            return postgres;
        }
        catch
        {
            await postgres.LeaveAsync();
            throw;
        }
    }

    /// <summary>An empty database of the ledger's owner; one of that name that is there is kept.</summary>
    /// <param name="name">Lower case letters, digits and underscores.</param>
    public async Task<EmbeddedDatabase> CreateDatabaseAsync(string name, CancellationToken stop)
    {
        await CreateDatabaseAsync(Checked(name), superuser, stop);
        return Of(name);
    }

    /// <summary>Drops a database and ends its connections; a missing one is no error.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken stop) =>
        ExecuteAsync(superuser, $"drop database if exists {Checked(name)} with (force)", stop);

    /// <summary>Leaves the cluster, and ends it when no other process uses it. Safe to repeat.</summary>
    public async Task StopAsync()
    {
        if (use is not null)
        {
            await using var turn = await PostgresDirectory.LockAsync(directory, CancellationToken.None);
            await LeaveAsync();
        }
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    private string UseFile => Path.Combine(directory, "use");

    private async Task CreateRolesAsync(CancellationToken stop)
    {
        await ExecuteAsync(superuser, $"""
            do $$ begin
              if not exists (select from pg_roles where rolname = '{OwnerRole}') then
                create role {OwnerRole} login password '{passwords.Owner}';
              end if;
              if not exists (select from pg_roles where rolname = '{TenantRole}') then
                create role {TenantRole} login password '{passwords.Tenant}';
              end if;
            end $$
            """, stop);
        await CreateDatabaseAsync(Database, superuser, stop);
    }

    private async Task LeaveAsync()
    {
        use?.Dispose();
        use = null;
        await using var alone = PostgresDirectory.TryLock(UseFile);
        if (alone is not null)
        {
            await cluster.StopAsync();
        }
    }

    private EmbeddedDatabase Of(string database) => new(
        ConnectionString(database, OwnerRole, passwords.Owner, connections: 60),
        ConnectionString(database, TenantRole, passwords.Tenant, connections: 30));

    // The pools together stay below max_connections: a busy pool waits, a busy server refuses.
    private string ConnectionString(string database, string role, string password, int connections) =>
        new NpgsqlConnectionStringBuilder(superuser)
        {
            Database = database,
            Username = role,
            Password = password,
            Pooling = true,
            Timeout = 15,
            MaxPoolSize = connections,
        }.ConnectionString;

    private static async Task CreateDatabaseAsync(string name, string superuser, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(stop);
        await using var known = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        known.Parameters.Add(new() { Value = name });
        if (await known.ExecuteScalarAsync(stop) is null)
        {
            await using var create = new NpgsqlCommand($"create database {name} owner {OwnerRole}", connection);
            await create.ExecuteNonQueryAsync(stop);
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static string Checked(string name) => Name().IsMatch(name) ? name
        : throw new ArgumentException($"'{name}' is no name for a database: a-z, 0-9 and _, at most 63.", nameof(name));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex Name();
}
