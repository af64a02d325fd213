using System.Runtime.InteropServices;
using NodaTime;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Replay;

namespace Thorbis.Ledger.Simulator;

internal static class Program
{
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private const int Interrupted = 130;
    private const int BadUsage = 64;

    private const string Usage = """
        A Telnyx to develop and measure against.

          replay PATH [--url URL] [--connections N]
              Signs every file under PATH with the development key, posts its bytes unchanged, and tells what became
              of each. Exits 1 when a file met a 5xx or was lost.

        URL is http://127.0.0.1:5080 unless given; it must run in development, where the development key counts.
        """;

#pragma warning disable RS0030 // The composition root is where the clock comes from.
    private static readonly IClock Clock = SystemClock.Instance;
#pragma warning restore RS0030

    public static async Task<int> Main(string[] words)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await RunAsync(words, stop.Token);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"{wrong.Message} --help shows what there is.");
            return BadUsage;
        }
        catch (LedgerRefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return words is ["demo", ..] ? 0 : Interrupted;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static Task<int> RunAsync(string[] words, CancellationToken stop)
    {
        switch (words)
        {
            case ["replay", .. var rest]:
                var arguments = new Arguments(rest, "url", "connections");
                return new ReplayCommand(
                    arguments.Url("url", DefaultUrl), arguments.Number("connections", 8, 1, 256), Clock)
                    .RunAsync(arguments.Single("PATH"), stop);
            case [] or ["--help" or "-h" or "help", ..]:
                Console.Out.WriteLine(Usage);
                return Task.FromResult(0);
            default:
                throw new UsageException($"There is no command {words[0]}.");
        }
    }
}
