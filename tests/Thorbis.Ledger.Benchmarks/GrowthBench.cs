namespace Thorbis.Ledger.Benchmarks;

/// <summary>Intake and usage of a big ledger against the same of a small one: neither may feel the size.</summary>
internal static class GrowthBench
{
    private const int Rounds = 2;
    private const int Asked = 300;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private sealed record Pace(double PerSecond, double UsageMs);

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        var paces = new List<(Pace Small, Pace Big)>();
        for (var round = 0; round < Rounds; round++)
        {
            var small = await PaceAsync(rig, rig.Ask.Small, stop);
            paces.Add((small, await PaceAsync(rig, rig.Ask.Big, stop)));
        }
        var (smallIntake, bigIntake) = (paces.Average(p => p.Small.PerSecond), paces.Average(p => p.Big.PerSecond));
        var (smallUsage, bigUsage) = (paces.Average(p => p.Small.UsageMs), paces.Average(p => p.Big.UsageMs));
        Rig.Tell($"intake {bigIntake / smallIntake:F2}, usage {smallUsage / bigUsage:F2} of the small ledger's pace");
        return new()
        {
            Ratio = Math.Min(bigIntake / smallIntake, smallUsage / bigUsage),
            Ours = bigIntake,
            Other = smallIntake,
            P50Ms = bigUsage,
        };
    }

    private static async Task<Pace> PaceAsync(Rig rig, int facts, CancellationToken stop)
    {
        await using var ledger = await Ledgers.WholeAsync(rig, facts, stop);
        var now = rig.Clock.GetCurrentInstant();
        var key = await ledger.AddCompanyAsync(Traffic.Company, now, stop);
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        using var asking = new Asking(server.Url, key);
        var (milliseconds, _) = await asking.MonthAsync(Asked, stop);
        // What an earlier run has sent to a kept ledger must not come again.
        var seed = (ulong)now.ToUnixTimeMilliseconds();
        await Sides.BurstAsync(rig, server, Sides.WarmUp, seed, Limit, stop);
        await CatchUp.WaitAsync(ledger.Owner, stop);
        var burst = await Sides.BurstAsync(rig, server, rig.Ask.Webhooks, seed + 1, Limit, stop);
        var usage = Figures.At(0.5, milliseconds);
        Rig.Tell($"{Rig.Number(await ledger.NumberAsync("select max(seq_id) from ledger.mt_events", stop))} facts: "
            + $"usage p50 {usage:F2} ms; intake {burst}");
        await CatchUp.WaitAsync(ledger.Owner, stop);
        return new(burst.PerSecond, usage);
    }
}
