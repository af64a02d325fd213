using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>A server in a process of its own, on a free port of the loopback interface, ended when disposed.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private const int LinesKept = 40;
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private ChildServer(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>From the start of the process to its first 200 on <c>/health/ready</c>.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <summary>Resident memory now, in MB of a million bytes.</summary>
    public double ResidentMb => Memory("VmRSS:");

    /// <param name="dll">What <c>dotnet</c> runs.</param>
    /// <param name="directory">Where it runs, and finds its settings.</param>
    public static async Task<ChildServer> StartAsync(
        string dll, string[] arguments, string directory, Dictionary<string, string> environment,
        CancellationToken stop)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = url.ToString();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var since = Stopwatch.GetTimestamp();
        var server = new ChildServer(Process.Start(start)!, url);
        server.Drain();
        try
        {
            await server.ReadyAsync(since, stop);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(StopPatience);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Console.Out.WriteLine($"A server did not end within {StopPatience.TotalSeconds} s and is killed.");
                process.Kill();
            }
        }
        process.Dispose();
    }

    /// <summary>Completes when a second has passed in which the process did next to nothing.</summary>
    public async Task QuietAsync(CancellationToken stop)
    {
        var (window, most) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.05));
        TimeSpan used;
        do
        {
            used = process.TotalProcessorTime;
            await Task.Delay(window, stop);
            process.Refresh();
        }
        while (process.TotalProcessorTime - used > most);
    }

    /// <returns>The most resident memory seen until it is stopped.</returns>
    public async Task<double> WatchAsync(CancellationToken stop)
    {
        var most = 0.0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                most = Math.Max(most, ResidentMb);
            }
        }
        catch (OperationCanceledException)
        {
            // What was to be watched is over.
        }
        return most;
    }

    private async Task ReadyAsync(long since, CancellationToken stop)
    {
        using var http = new HttpClient();
        while (!await IsReadyAsync(http, stop))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(since) > StartPatience)
            {
                throw new InvalidOperationException($"The server does not start:\n{string.Join('\n', lines)}");
            }
            await Task.Delay(20, stop);
        }
        StartTook = Stopwatch.GetElapsedTime(since);
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "/health/ready"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Drain()
    {
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lines.Enqueue(line.Data ?? "");
            while (lines.Count > LinesKept)
            {
                lines.TryDequeue(out _);
            }
        }
    }

    private double Memory(string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .First(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..^2].Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
