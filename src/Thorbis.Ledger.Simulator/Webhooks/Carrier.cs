namespace Thorbis.Ledger.Simulator.Webhooks;

/// <summary>Delivers as a carrier does: what is not taken for now (503, 429, no answer) is sent again later.</summary>
/// <param name="patience">How long one webhook is tried; the last answer stands.</param>
public sealed class Carrier(WebhookClient client, TimeSpan patience)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);

    /// <summary>Posts until the receiver takes or refuses it for good, each time under a fresh signature.</summary>
    public async Task<WebhookAnswer> DeliverAsync(ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var spent = TimeSpan.Zero;
        for (var pause = PauseMin; ; pause *= 2)
        {
            var answer = await client.PostAsync(body, stop);
            pause = answer.RetryAfter ?? pause;
            pause = pause > PauseMax ? PauseMax : pause;
            if (answer.Status is not (0 or 429 or 503) || (spent += pause) > patience)
            {
                return answer;
            }
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>Delivers all, in order of the sequence as far as parallel connections keep one.</summary>
    /// <param name="answered">Called once per item, from several threads at once.</param>
    public Task DeliverAllAsync<T>(
        IEnumerable<T> items, Func<T, ReadOnlyMemory<byte>> body, Action<T, WebhookAnswer> answered,
        CancellationToken stop) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = client.Connections, CancellationToken = stop },
            async (item, token) => answered(item, await DeliverAsync(body(item), token)));
}
