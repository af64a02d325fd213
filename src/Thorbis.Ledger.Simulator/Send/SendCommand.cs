using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using NodaTime;
using Thorbis.Ledger.Simulator.Traffic;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Simulator.Send;

/// <param name="PerSecond">0: as fast as the connections go.</param>
/// <param name="Seed">Null: one from the clock.</param>
internal sealed record SendAsk(Uri Url, int Connections, int Webhooks, int PerSecond, ulong? Seed);

/// <summary>Posts synthetic webhooks once each and tells how fast they were answered.</summary>
internal sealed class SendCommand(SendAsk ask, IClock clock)
{
    /// <returns>0 when all were answered 2xx, else 1.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var signer = WebhookSigner.Development();
        using var client = new WebhookClient(new Uri(ask.Url, "/webhooks/telnyx"), signer, clock, ask.Connections);
        var (milliseconds, statuses) = (new ConcurrentQueue<double>(), new ConcurrentDictionary<int, int>());
        var since = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            AtRate(TrafficModel.Play(Traffic()), stop),
            new ParallelOptions { MaxDegreeOfParallelism = ask.Connections, CancellationToken = stop },
            async (webhook, token) =>
            {
                var posted = Stopwatch.GetTimestamp();
                var answer = await client.PostAsync(webhook.Body, token);
                milliseconds.Enqueue(Stopwatch.GetElapsedTime(posted).TotalMilliseconds);
                statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            });
        Write([.. milliseconds.Order()], statuses, Stopwatch.GetElapsedTime(since).TotalSeconds);
        return statuses.Keys.All(status => status is >= 200 and < 300) ? 0 : 1;
    }

    private TrafficOptions Traffic()
    {
        var now = clock.GetCurrentInstant();
        var seed = ask.Seed ?? (ulong)now.ToUnixTimeMilliseconds();
        Console.Out.WriteLine($"Seed {seed}.");
        return new()
        {
            Seed = seed,
            Companies = SimulatedCompany.Demonstration,
            From = now - Duration.FromHours(2),
            Until = now - Duration.FromHours(1),
            Webhooks = ask.Webhooks,
            Flat = true,
        };
    }

    private async IAsyncEnumerable<SimulatedWebhook> AtRate(
        IEnumerable<SimulatedWebhook> webhooks, [EnumeratorCancellation] CancellationToken stop)
    {
        var (since, sent) = (Stopwatch.GetTimestamp(), 0);
        foreach (var webhook in webhooks)
        {
            var due = ask.PerSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)sent++ / ask.PerSecond);
            var early = due - Stopwatch.GetElapsedTime(since);
            if (early > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(early, stop);
            }
            yield return webhook;
        }
    }

    private static void Write(double[] milliseconds, IEnumerable<KeyValuePair<int, int>> statuses, double seconds)
    {
        foreach (var (status, count) in statuses.OrderBy(pair => pair.Key))
        {
            Console.Out.WriteLine($"{count,9} {(status == 0 ? "no answer" : $"answered {status}")}");
        }
        Console.Out.WriteLine(
            $"{milliseconds.Length / seconds:F0} a second, p50 {At(0.5):F1} ms, p99 {At(0.99):F1} ms");

        double At(double share) => milliseconds[(int)(share * (milliseconds.Length - 1))];
    }
}
