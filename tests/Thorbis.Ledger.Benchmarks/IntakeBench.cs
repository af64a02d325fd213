namespace Thorbis.Ledger.Benchmarks;

/// <summary>A burst of signed, distinct webhooks: verified and durable per second, over the one by hand.</summary>
internal static class IntakeBench
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await LedgerAtHand.EmptyAsync(rig, "bench_intake", stop);
        await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        var sides = await Sides.PrepareAsync(rig, ledger, stop);
        var (others, ours, caughtUp) = (new List<Burst>(), new List<Burst>(), TimeSpan.Zero);
        Rig.Tell($"{rig.Ask.Webhooks} webhooks a burst, {rig.Ask.Connections} connections, {rig.Ask.Rounds} rounds");
        for (var round = 0; round < rig.Ask.Rounds; round++)
        {
            others.Add(await sides.BaselineAsync(rig.Ask.Webhooks, Limit, stop));
            Rig.Tell($"hand-written endpoint: {others[^1]}");
            (var burst, caughtUp) = await sides.LedgerAsync(rig.Ask.Webhooks, Limit, stop);
            ours.Add(burst);
            Rig.Tell($"ledger:                {burst}; all visible in usage {caughtUp.TotalSeconds:F1} s after it");
        }
        await TellKeptAsync(ledger, stop);
        return new()
        {
            Ratio = Burst.Rate(ours) / Burst.Rate(others),
            Ours = Burst.Rate(ours),
            Other = Burst.Rate(others),
            PerSecond = Burst.Rate(ours),
            P50Ms = ours.Average(b => Figures.At(0.5, b.Milliseconds)),
            P99Ms = ours.Average(b => Figures.At(0.99, b.Milliseconds)),
            Seconds = caughtUp.TotalSeconds,
        };
    }

    public static async Task TellKeptAsync(LedgerAtHand ledger, CancellationToken stop) => Rig.Tell(
        $"the ledger holds {await ledger.CountAsync("intake.entry", stop)} webhooks, "
        + $"{await ledger.CountAsync("ledger.mt_events", stop)} facts; not done: "
        + $"{await ledger.CountAsync("intake.backlog", stop)}");
}
