namespace Thorbis.Ledger.Benchmarks;

/// <summary>Webhooks per second from POST until visible in usage, over the hand-written endpoint.</summary>
internal static class PipelineBench
{
    /// <summary>More than any side takes; what is left over is not sent.</summary>
    private const int PerSecondMost = 6_000;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await LedgerAtHand.EmptyAsync(rig, "bench_pipeline", stop);
        await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        var sides = await Sides.PrepareAsync(rig, ledger, stop);
        var (limit, most) = (TimeSpan.FromSeconds(rig.Ask.Seconds), PerSecondMost * rig.Ask.Seconds);
        Rig.Tell($"{rig.Ask.Seconds} s of as many webhooks as are taken, {rig.Ask.Connections} connections");
        var other = await sides.BaselineAsync(most, limit, stop);
        Rig.Tell($"hand-written endpoint: {other}");
        var (burst, caughtUp) = await sides.LedgerAsync(most, limit, stop);
        var seconds = (burst.Took + caughtUp).TotalSeconds;
        var rate = burst.Accepted / seconds;
        Rig.Tell($"ledger:                {burst}");
        Rig.Tell($"all visible in usage {caughtUp.TotalSeconds:F1} s after the last: {rate:F0}/s from POST to usage");
        await IntakeBench.TellKeptAsync(ledger, stop);
        return new()
        {
            Ratio = rate / other.PerSecond,
            Ours = rate,
            Other = other.PerSecond,
            PerSecond = rate,
            Seconds = seconds,
        };
    }
}
