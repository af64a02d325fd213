using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>The built server as a process of its own, on one port for good.</summary>
/// <param name="environment">Variables it gets beside the test's own.</param>
internal sealed class ServerProcess(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private const int LogLinesMax = 60;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    // Its own output: beside the tests, its commands would look for commands in the test framework, too.
    private static readonly string Folder = AppContext.BaseDirectory.Replace(
        "tests/Thorbis.Ledger.Server.Tests/", "src/Thorbis.Ledger.Server/", StringComparison.Ordinal);

    private readonly ConcurrentQueue<string> log = [];
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = EndLimit };
    private Process? process;

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort()}");

    public bool Runs => process is { HasExited: false };

    /// <summary>The last lines it printed.</summary>
    public string Log => string.Join('\n', log);

    /// <summary>Returns when it answers HTTP.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        process?.Dispose();
        process = Launch("--urls", Url.ToString());
        await Eventually.SettlesAsync(async () => await AnswersAsync(stop) ? null : Log, StartLimit, stop);
    }

    /// <summary>SIGKILL: it gets no chance to say or write anything more.</summary>
    public async Task KillAsync(CancellationToken stop)
    {
        process!.Kill();
        await process.WaitForExitAsync(stop).WaitAsync(EndLimit, stop);
    }

    /// <summary>Runs one of the server's commands to its end.</summary>
    public async Task RunAsync(CancellationToken stop, params string[] arguments)
    {
        using var command = Launch(arguments);
        try
        {
            await command.WaitForExitAsync(stop).WaitAsync(RunLimit, stop);
            Assert.True(command.ExitCode == 0, $"{string.Join(' ', arguments)} exited {command.ExitCode}:\n{Log}");
        }
        finally
        {
            command.Kill();
        }
    }

    public void Dispose()
    {
        process?.Kill();
        process?.WaitForExit(EndLimit);
        process?.Dispose();
        http.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken stop)
    {
        Assert.True(Runs, $"The server has ended:\n{Log}");
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "/health/live"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["Thorbis.Ledger.Server.dll", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var launched = Process.Start(start)!;
        launched.OutputDataReceived += (_, line) => Keep(line.Data);
        launched.ErrorDataReceived += (_, line) => Keep(line.Data);
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        return launched;
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            log.Enqueue(line);
        }
        while (log.Count > LogLinesMax && log.TryDequeue(out _))
        {
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
