using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Plays the telephones of some companies and yields the webhooks the carrier would send.</summary>
/// <remarks>Deterministic: no clock and no other chance than the seed.</remarks>
public static class TrafficModel
{
    /// <summary>The webhooks in the order the carrier sends them (<see cref="SimulatedWebhook.DueAt"/>).</summary>
    /// <remarks>Made as they are asked for; memory holds the communications under way, not the history.</remarks>
    public static IEnumerable<SimulatedWebhook> Play(TrafficOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Until, options.From);
        var random = new TrafficRandom(options.Seed);
        var (profile, repertoire) = (new TrafficProfile(options), new Repertoire(options.Mix));
        using var json = new WebhookJson();
        var scene = new Scene(options, json, random);
        var underWay = new PriorityQueue<SimulatedWebhook, (Instant DueAt, long Sequence)>();
        for (long played = 0; played < options.Webhooks;)
        {
            var (at, company) = profile.Place((played + random.Unit()) / options.Webhooks, random);
            while (underWay.TryPeek(out var next, out _) && next.DueAt <= at)
            {
                yield return underWay.Dequeue();
            }
            scene.Begin(options.Companies[company], at);
            repertoire.Choose(random)(scene);
            foreach (var webhook in scene.Webhooks.Take((int)Math.Min(int.MaxValue, options.Webhooks - played)))
            {
                underWay.Enqueue(webhook, (webhook.DueAt, played++));
            }
        }
        while (underWay.TryDequeue(out var last, out _))
        {
            yield return last;
        }
    }
}
