using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>What happened up to now: thirty days, or what is missing since the ledger last heard of a call.</summary>
internal sealed record DemoHistory(TrafficOptions Options, Instant Now)
{
    private static readonly Duration Days = Duration.FromDays(30);
    private static readonly Duration GapMin = Duration.FromMinutes(2);

    /// <summary>What the carrier has sent by now.</summary>
    public IEnumerable<SimulatedWebhook> Past => TrafficModel.Play(Options).TakeWhile(webhook => webhook.DueAt <= Now);

    /// <summary>What it has still to send of calls that have begun by now.</summary>
    public IEnumerable<SimulatedWebhook> Pending(CancellationToken stop) =>
        TrafficModel.Play(Options).SkipWhile(webhook =>
        {
            stop.ThrowIfCancellationRequested();
            return webhook.DueAt <= Now;
        });

    /// <summary>Null when there is next to nothing to fill.</summary>
    /// <param name="owner">A session of the first company.</param>
    /// <param name="webhooks">How many thirty days have; a shorter gap has its part of them.</param>
    public static async Task<DemoHistory?> PlanAsync(
        LedgerSession owner, Instant now, ulong seed, int webhooks, CancellationToken stop)
    {
        var newest = (await owner.GetAsync("/api/v1/calls?limit=1", stop)).OrThrow().Items;
        var heard = newest is [var call] && LedgerReply.Text(call, "usageAt") is { } usageAt
            ? InstantPattern.ExtendedIso.Parse(usageAt).GetValueOrThrow()
            : Instant.MinValue;
        var from = Instant.Max(heard, now - Days);
        var count = (long)(webhooks * ((now - from) / Days));
        return now - from < GapMin || count == 0 ? null : new(Traffic(seed, from, now, count), now);
    }

    private static TrafficOptions Traffic(ulong seed, Instant from, Instant until, long webhooks) => new()
    {
        Seed = seed,
        Companies = SimulatedCompany.Demonstration,
        From = from,
        Until = until,
        Webhooks = webhooks,
    };
}
