using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>A Postgres of the test's own, to be killed and started again.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly string directory = Directory.CreateTempSubdirectory("ledger-torture-").FullName;
    private EmbeddedPostgres? running;

    public string Owner => running!.OwnerConnectionString;

    public string Tenant => running!.TenantConnectionString;

    public async Task StartAsync(CancellationToken stop)
    {
        var before = running;
        running = await EmbeddedPostgres.StartAsync(directory, stop);
        if (before is not null)
        {
            // Leaves only now, so that the new server is never without a user.
            await before.DisposeAsync();
        }
    }

    /// <summary>SIGKILL to the postmaster, so that it orders nothing any more, then to every child it had.</summary>
    /// <returns>How many processes were killed.</returns>
    public async Task<int> KillAsync(CancellationToken stop)
    {
        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(directory, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var ids = ChildrenOf(postmaster).Prepend(postmaster).ToList();
        var processes = Process.GetProcesses().Where(process => ids.Contains(process.Id)).ToList();
        processes.Sort((one, other) => ids.IndexOf(one.Id).CompareTo(ids.IndexOf(other.Id)));
        processes.ForEach(process => process.Kill());
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(stop).WaitAsync(EndLimit, stop);
            process.Dispose();
        }
        return processes.Count;
    }

    /// <summary>The owner's login, for the test's own questions.</summary>
    public NpgsqlDataSource Open()
    {
        var builder = new NpgsqlDataSourceBuilder(Owner);
        // Beside the pools of the server, and below what Postgres takes.
        builder.ConnectionStringBuilder.MaxPoolSize = 4;
        builder.UseNodaTime();
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
        {
            await running.DisposeAsync();
        }
        Directory.Delete(directory, recursive: true);
    }

    private static IEnumerable<int> ChildrenOf(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
