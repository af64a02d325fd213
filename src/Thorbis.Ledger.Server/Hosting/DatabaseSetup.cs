using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Where the database is, and what this process may assume of it.</summary>
/// <param name="Embedded">The private Postgres of development and tests; null where a connection is configured.</param>
public sealed record DatabaseSetup(LedgerDatabase Database, string TenantRole, EmbeddedPostgres? Embedded)
{
    public const string OwnerSetting = "ConnectionStrings:Ledger";
    public const string TenantSetting = "ConnectionStrings:LedgerTenant";

    /// <exception cref="InvalidOperationException">A setting is missing; the message names it.</exception>
    public static async Task<DatabaseSetup> ResolveAsync(IConfiguration configuration, bool development)
    {
        var (owner, tenant) = (configuration[OwnerSetting], configuration[TenantSetting]);
        if (string.IsNullOrWhiteSpace(owner) && development)
        {
            var embedded = await EmbeddedPostgres.StartAsync(null, CancellationToken.None);
            return Of(embedded.OwnerConnectionString, embedded.TenantConnectionString, embedded);
        }
        return Of(Required(owner, OwnerSetting), Required(tenant, TenantSetting), null);
    }

    private static DatabaseSetup Of(string owner, string tenant, EmbeddedPostgres? embedded) => new(
        new LedgerDatabase(Source(owner), Source(tenant)), new NpgsqlConnectionStringBuilder(tenant).Username ?? "",
            embedded);

    private static string Required(string? value, string setting) => !string.IsNullOrWhiteSpace(value)
        ? value
        : throw new InvalidOperationException(
            $"The setting {setting} is missing: it must name the ledger's Postgres database.");

    private static NpgsqlDataSource Source(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.KeepAlive = 30;
        builder.ConnectionStringBuilder.IncludeErrorDetail = true;
        builder.ConnectionStringBuilder.ApplicationName = "thorbis-ledger";
        builder.UseNodaTime();
        return builder.Build();
    }
}
