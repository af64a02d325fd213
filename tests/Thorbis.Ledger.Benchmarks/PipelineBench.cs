namespace Thorbis.Ledger.Benchmarks;

/// <summary>Webhooks per second from POST until visible in usage, over the hand-written endpoint.</summary>
internal static class PipelineBench
{
    /// <summary>More than any side takes; what is left over is not sent.</summary>
    private const int PerSecondMost = 12_000;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await LedgerAtHand.EmptyAsync(rig, "bench_pipeline", stop);
        await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        var sides = await Sides.PrepareAsync(rig, ledger, stop);
        var (limit, most) = (TimeSpan.FromSeconds(rig.Ask.Seconds), PerSecondMost * rig.Ask.Seconds);
        Rig.Tell($"{rig.Ask.Seconds} s of as many webhooks as are taken, {rig.Ask.Connections} connections");
        // Half of it before and half after: a machine that others use is not as fast in one minute as in the next.
        var before = await sides.BaselineAsync(most / 2, limit / 2, stop);
        Rig.Tell($"hand-written endpoint: {before}");
        var (burst, caughtUp) = await sides.LedgerAsync(most, limit, stop);
        var seconds = (burst.Took + caughtUp).TotalSeconds;
        var rate = burst.Accepted / seconds;
        Rig.Tell($"ledger:                {burst}");
        Rig.Tell($"all visible in usage {caughtUp.TotalSeconds:F1} s after the last: {rate:F0}/s from POST to usage");
        var after = await sides.BaselineAsync(most / 2, limit / 2, stop);
        Rig.Tell($"hand-written endpoint: {after}");
        var other = Burst.Rate([before, after]);
        await IntakeBench.TellKeptAsync(ledger, stop);
        return new()
        {
            Ratio = rate / other,
            Ours = rate,
            Other = other,
            PerSecond = rate,
            Seconds = seconds,
        };
    }
}
