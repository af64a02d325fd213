using System.Collections.Concurrent;
using Thorbis.Ledger.Simulator.Traffic;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>Sends as a carrier does: whatever is not answered 200 comes again under its event id, until it
/// is.</summary>
internal sealed class PersistentSender(WebhookClient client)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, SimulatedWebhook> taken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> answers = new();
    private readonly ConcurrentDictionary<(int Status, int Count), TaskCompletionSource> moments = new();

    /// <summary>Answered 200, by event id.</summary>
    public IReadOnlyDictionary<string, SimulatedWebhook> Taken => taken;

    /// <summary>How often each status came; 0 is no answer.</summary>
    public IReadOnlyDictionary<int, int> Answers => answers;

    public int AnsweredWith(int status) => answers.GetValueOrDefault(status);

    /// <summary>Returns when all were answered 200.</summary>
    public Task SendAsync(IEnumerable<SimulatedWebhook> webhooks, CancellationToken stop) => Parallel.ForEachAsync(
        webhooks,
        new ParallelOptions { MaxDegreeOfParallelism = client.Connections, CancellationToken = stop },
        async (webhook, token) => await DeliverAsync(webhook, token));

    /// <summary>Returns at the very answer that is the given one of its status.</summary>
    public Task ReachesAsync(int status, int count, CancellationToken stop)
    {
        var moment = moments.GetOrAdd(
            (status, count), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (AnsweredWith(status) >= count)
        {
            moment.TrySetResult();
        }
        return moment.Task.WaitAsync(stop);
    }

    private async Task DeliverAsync(SimulatedWebhook webhook, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Between);
        while (true)
        {
            var answer = await client.PostAsync(webhook.Body, stop);
            if (answer.Status == 200)
            {
                taken[webhook.EventId] = webhook;
            }
            Count(answer.Status);
            if (answer.Status == 200)
            {
                return;
            }
            await timer.WaitForNextTickAsync(stop);
        }
    }

    private void Count(int status)
    {
        var count = answers.AddOrUpdate(status, 1, (_, before) => before + 1);
        if (moments.TryGetValue((status, count), out var moment))
        {
            moment.TrySetResult();
        }
    }
}
