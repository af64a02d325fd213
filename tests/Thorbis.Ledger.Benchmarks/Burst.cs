using System.Diagnostics;
using NodaTime;
using Thorbis.Ledger.Simulator.Traffic;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>A body with the signature that it will be posted under.</summary>
internal sealed record Signed(byte[] Body, string EventId, WebhookSignature Signature)
{
    /// <summary>Signs now, in parallel: before the clock starts, so that posting costs little.</summary>
    public static Signed[] All(IReadOnlyList<SimulatedWebhook> webhooks, IClock clock)
    {
        using var signer = WebhookSigner.Development();
        var seconds = clock.GetCurrentInstant().ToUnixTimeSeconds();
        var signed = new Signed[webhooks.Count];
        Parallel.For(0, signed.Length, i =>
            signed[i] = new(webhooks[i].Body, webhooks[i].EventId, signer.Sign(webhooks[i].Body, seconds)));
        return signed;
    }
}

/// <summary>Signed webhooks posted as fast as they are answered.</summary>
/// <param name="Milliseconds">From request to answer, sorted.</param>
/// <param name="Refused">Answers other than 200.</param>
internal sealed record Burst(int Accepted, int Refused, TimeSpan Took, double[] Milliseconds)
{
    public double PerSecond => Accepted / Took.TotalSeconds;

    /// <summary>Accepted per second over several bursts.</summary>
    public static double Rate(IReadOnlyCollection<Burst> bursts) =>
        bursts.Sum(b => b.Accepted) / bursts.Sum(b => b.Took.TotalSeconds);

    /// <param name="limit">Posts nothing new after it.</param>
    public static async Task<Burst> SendAsync(
        Uri server, Signed[] webhooks, int connections, IClock clock, TimeSpan limit, CancellationToken stop)
    {
        using var signer = WebhookSigner.Development();
        using var client = new WebhookClient(new Uri(server, "/webhooks/telnyx"), signer, clock, connections);
        var milliseconds = new double[webhooks.Length];
        var (next, accepted) = (-1, 0);
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(PostAsync, stop)));
        var took = Stopwatch.GetElapsedTime(since);
        var sent = Math.Min(next + 1, webhooks.Length);
        return new(accepted, sent - accepted, took, [.. milliseconds.Where(m => m > 0).Order()]);

        async Task PostAsync()
        {
            while (Stopwatch.GetElapsedTime(since) < limit
                && Interlocked.Increment(ref next) is var i && i < webhooks.Length)
            {
                var posted = Stopwatch.GetTimestamp();
                var answer = await client.PostAsync(webhooks[i].Body, webhooks[i].Signature, stop);
                milliseconds[i] = Stopwatch.GetElapsedTime(posted).TotalMilliseconds;
                if (answer.Status == 200)
                {
                    Interlocked.Increment(ref accepted);
                }
            }
        }
    }

    public override string ToString() =>
        $"{Accepted} accepted in {Took.TotalSeconds:F1} s = {PerSecond:F0}/s, "
        + $"p50 {Figures.At(0.5, Milliseconds):F1} ms, p99 {Figures.At(0.99, Milliseconds):F1} ms"
        + $"{(Refused == 0 ? "" : $", {Refused} REFUSED")}";
}
