using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>
/// The hand-written endpoint and the ledger under the same bursts. Each runs alone, in a process that is warm; what it
/// has stored stays for the next burst.
/// </summary>
internal sealed class Sides(Rig rig, EmbeddedDatabase baseline, LedgerAtHand ledger)
{
    /// <summary>Webhooks of each burst before the measured one.</summary>
    public const int WarmUp = 8_000;

    /// <summary>Code is compiled twice, at its thirtieth call and thirty calls later: no side is measured while its
    /// code is compiled.</summary>
    private const int WarmUps = 3;

    private ulong seed;

    public static async Task<Sides> PrepareAsync(Rig rig, LedgerAtHand ledger, CancellationToken stop)
    {
        var baseline = await rig.EmptyAsync("bench_baseline", stop);
        await using var source = NpgsqlDataSource.Create(baseline.OwnerConnectionString);
        await using var create = source.CreateCommand(Baseline.Schema);
        await create.ExecuteNonQueryAsync(stop);
        return new(rig, baseline, ledger);
    }

    public async Task<Burst> BaselineAsync(int webhooks, TimeSpan limit, CancellationToken stop)
    {
        await using var server = await Rig.StartBaselineAsync(baseline, stop);
        await WarmUpAsync(server, () => Task.CompletedTask, limit, stop);
        return await SendAsync(server, webhooks, limit, stop);
    }

    /// <returns>The burst, and how long interpretation and read models took after it.</returns>
    public async Task<(Burst Burst, TimeSpan CaughtUp)> LedgerAsync(
        int webhooks, TimeSpan limit, CancellationToken stop)
    {
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        await WarmUpAsync(server, () => CatchUp.WaitAsync(ledger.Owner, stop), limit, stop);
        var burst = await SendAsync(server, webhooks, limit, stop);
        return (burst, await CatchUp.WaitAsync(ledger.Owner, stop));
    }

    private async Task WarmUpAsync(ChildServer server, Func<Task> catchUp, TimeSpan limit, CancellationToken stop)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await SendAsync(server, WarmUp, limit, stop);
            await catchUp();
            await server.QuietAsync(stop);
        }
    }

    private Task<Burst> SendAsync(ChildServer server, int webhooks, TimeSpan limit, CancellationToken stop) =>
        BurstAsync(rig, server, webhooks, ++seed, limit, stop);

    /// <param name="seed">Another one sends other events.</param>
    public static Task<Burst> BurstAsync(
        Rig rig, ChildServer server, int webhooks, ulong seed, TimeSpan limit, CancellationToken stop)
    {
        var signed = Signed.All(Traffic.Recent(webhooks, seed, rig.Clock), rig.Clock);
        GC.Collect();
        return Burst.SendAsync(server.Url, signed, rig.Ask.Connections, rig.Clock, limit, stop);
    }
}
