using System.Globalization;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>What all benches of a run share: one private Postgres with fsync on, and how servers start on it.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly EmbeddedPostgres postgres;

    private Rig(Ask ask, IClock clock, EmbeddedPostgres postgres) =>
        (Ask, Clock, this.postgres) = (ask, clock, postgres);

    public Ask Ask { get; }

    public IClock Clock { get; }

    /// <summary>A cluster of the benches' own, so that no other task's work is measured along.</summary>
    public static async Task<Rig> StartAsync(Ask ask, IClock clock, CancellationToken stop) =>
        new(ask, clock, await EmbeddedPostgres.StartAsync(PostgresDirectory.OfCheckout() + "-bench", stop));

    public ValueTask DisposeAsync() => postgres.DisposeAsync();

    public async Task TellMachineAsync(CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        await using var version = source.CreateCommand("show server_version");
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        Console.Out.WriteLine(
            $"  {Environment.ProcessorCount} cores, {memory:F0} GB, .NET {Environment.Version}, PostgreSQL "
            + $"{await version.ExecuteScalarAsync(stop)}, fsync on; load {load} before");
    }

    public static void Tell(string line) => Console.Out.WriteLine($"  {line}");

    /// <summary>An empty database, in place of any of that name.</summary>
    public async Task<EmbeddedDatabase> EmptyAsync(string name, CancellationToken stop)
    {
        await postgres.DropDatabaseAsync(name, stop);
        return await postgres.CreateDatabaseAsync(name, stop);
    }

    public async Task<List<string>> DatabasesAsync(CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        await using var names = source.Command("select datname::text from pg_database");
        return await names.ListAsync(row => row.GetString(0), stop);
    }

    /// <summary>A database as it was left, or an empty one.</summary>
    public Task<EmbeddedDatabase> KeptAsync(string name, CancellationToken stop) =>
        postgres.CreateDatabaseAsync(name, stop);

    public Task DropAsync(string name, CancellationToken stop) => postgres.DropDatabaseAsync(name, stop);

    /// <summary>The ledger's server, as <c>./dev publish</c> left it.</summary>
    public static Task<ChildServer> StartLedgerAsync(EmbeddedDatabase database, CancellationToken stop) =>
        StartReleaseAsync(Variables(database, "Development"), stop);

    public static Task<ChildServer> StartReleaseAsync(Dictionary<string, string> variables, CancellationToken stop)
    {
        var folder = Path.Combine(Checkout(), "artifacts", "server");
        return ChildServer.StartAsync(Path.Combine(folder, "Thorbis.Ledger.Server.dll"), [], folder, variables, stop);
    }

    public static Dictionary<string, string> Variables(EmbeddedDatabase database, string environment) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = environment,
        ["ConnectionStrings__Ledger"] = database.OwnerConnectionString,
        ["ConnectionStrings__LedgerTenant"] = database.TenantConnectionString,
    };

    public static Task<ChildServer> StartBaselineAsync(EmbeddedDatabase database, CancellationToken stop) =>
        ChildServer.StartAsync(
            typeof(Rig).Assembly.Location, [Baseline.Command], AppContext.BaseDirectory,
            new() { [Baseline.DatabaseVariable] = database.OwnerConnectionString }, stop);

    /// <summary>Where the sources are.</summary>
    public static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Thorbis.Ledger.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The benches run inside a checkout.");
        }
        return folder.FullName;
    }

    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
