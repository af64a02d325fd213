using NSec.Cryptography;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>From start to ready, and the memory of a server that nobody asks: release build, one node.</summary>
internal static class IdleBench
{
    private const int Starts = 3;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        var database = await rig.EmptyAsync("bench_idle", stop);
        await (await LedgerAtHand.OpenAsync(database, rig.Clock, stop)).DisposeAsync();
        var (seconds, memory) = (new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            await using var server = await StartAsync(database, stop);
            seconds.Add(server.StartTook.TotalSeconds);
            await Task.Delay(Idle, stop);
            memory.Add(server.ResidentMb);
            Rig.Tell($"ready after {seconds[^1]:F2} s, {memory[^1]:F0} MB resident {Idle.TotalSeconds} s later");
        }
        return new() { Seconds = seconds.Order().ElementAt(Starts / 2), RssMb = memory.Max() };
    }

    /// <summary>In production, where a start neither migrates nor generates code.</summary>
    private static Task<ChildServer> StartAsync(EmbeddedDatabase database, CancellationToken stop)
    {
        var variables = Rig.Variables(database, "Production");
        using var key = Key.Create(SignatureAlgorithm.Ed25519);
        variables["TELNYX_PUBLIC_KEY"] = Convert.ToBase64String(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        return Rig.StartReleaseAsync(variables, stop);
    }
}
