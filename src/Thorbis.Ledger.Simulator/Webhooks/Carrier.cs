using System.Diagnostics;

namespace Thorbis.Ledger.Simulator.Webhooks;

/// <summary>Delivers as a carrier does: what is not taken for now (503, 429, no answer) is sent again later.</summary>
/// <param name="patience">
/// How long one webhook is tried, and how long an outage may last before the rest is tried just once each.
/// </param>
public sealed class Carrier(WebhookClient client, TimeSpan patience)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);
    private long outageSince;

    /// <summary>Posts until the receiver takes or refuses it for good, each time under a fresh signature.</summary>
    /// <returns>The last answer; 503, 429 or 0 when patience ran out.</returns>
    public async Task<WebhookAnswer> DeliverAsync(ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        for (var pause = PauseMin; ; pause *= 2)
        {
            var answer = await client.PostAsync(body, stop);
            if (answer.Status is not (0 or 429 or 503))
            {
                Volatile.Write(ref outageSince, 0);
                return answer;
            }
            Interlocked.CompareExchange(ref outageSince, Stopwatch.GetTimestamp(), 0);
            if (Exhausted(since) || Exhausted(Volatile.Read(ref outageSince)))
            {
                return answer;
            }
            pause = answer.RetryAfter ?? pause;
            pause = pause > PauseMax ? PauseMax : pause;
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>Delivers all, in order of the sequence as far as parallel connections keep one.</summary>
    /// <param name="answered">Called once per item, from several threads at once; what it throws ends it all.</param>
    public Task DeliverAllAsync<T>(
        IEnumerable<T> items, Func<T, ReadOnlyMemory<byte>> body, Action<T, WebhookAnswer> answered,
        CancellationToken stop) =>
        Parallel.ForEachAsync(items, Bounded(stop), Deliver(body, answered));

    /// <summary>Delivers all, each as it comes.</summary>
    /// <param name="answered">Called once per item, from several threads at once; what it throws ends it all.</param>
    public Task DeliverAllAsync<T>(
        IAsyncEnumerable<T> items, Func<T, ReadOnlyMemory<byte>> body, Action<T, WebhookAnswer> answered,
        CancellationToken stop) =>
        Parallel.ForEachAsync(items, Bounded(stop), Deliver(body, answered));

    private bool Exhausted(long since) => since != 0 && Stopwatch.GetElapsedTime(since) > patience;

    private ParallelOptions Bounded(CancellationToken stop) =>
        new() { MaxDegreeOfParallelism = client.Connections, CancellationToken = stop };

    private Func<T, CancellationToken, ValueTask> Deliver<T>(
        Func<T, ReadOnlyMemory<byte>> body, Action<T, WebhookAnswer> answered) =>
        async (item, stop) => answered(item, await DeliverAsync(body(item), stop));
}
