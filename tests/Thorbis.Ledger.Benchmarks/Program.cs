using System.Runtime.InteropServices;
using NodaTime;

namespace Thorbis.Ledger.Benchmarks;

internal static class Program
{
    private const int Interrupted = 130;
    private const int BadUsage = 64;

#pragma warning disable RS0030 // The composition root is where the clock comes from.
    private static readonly IClock Clock = SystemClock.Instance;
#pragma warning restore RS0030

    private static readonly (string Name, Func<Rig, CancellationToken, Task<Figures>> Run)[] Benches =
    [
        ("intake", IntakeBench.RunAsync),
        ("pipeline", PipelineBench.RunAsync),
        ("lag", LagBench.RunAsync),
        ("rebuild", RebuildBench.RunAsync),
        ("usage", UsageBench.RunAsync),
        ("csv", CsvBench.RunAsync),
        ("reconcile", ReconcileBench.RunAsync),
        ("idle", IdleBench.RunAsync),
        ("growth", GrowthBench.RunAsync),
        ("rating", RatingBench.RunAsync),
        ("routing", RoutingBench.RunAsync),
        ("costs", CostsBench.RunAsync),
        ("asof", AsOfBench.RunAsync),
        ("statement", StatementBench.RunAsync),
    ];

    public static async Task<int> Main(string[] words)
    {
        if (words is [Baseline.Command])
        {
            await Baseline.ServeAsync(Clock);
            return 0;
        }
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await RunAsync(words, stop.Token);
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return BadUsage;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <returns>1 when a bench could not be run to its end; a figure that is not reached is no error.</returns>
    private static async Task<int> RunAsync(string[] words, CancellationToken stop)
    {
        var ask = Ask.Of(words, [.. Benches.Select(bench => bench.Name)]);
        await using var rig = await Rig.StartAsync(ask, Clock, stop);
        await Ledgers.DropStaleAsync(rig, stop);
        var code = 0;
        foreach (var (name, run) in Benches.Where(bench => ask.Names.Count == 0 || ask.Names.Contains(bench.Name)))
        {
            Console.Out.WriteLine($"\n{name}");
            await rig.TellMachineAsync(stop);
            try
            {
                Console.Out.WriteLine($"{name} {await run(rig, stop)}");
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                Console.Error.WriteLine(failure);
                Console.Out.WriteLine($"{name} failed");
                code = 1;
            }
        }
        return code;
    }
}
