using System.Collections.Concurrent;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Traffic;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>Delivers traffic, and keeps count of what the ledger answered.</summary>
internal sealed class DemoIntake(Carrier carrier)
{
    private readonly ConcurrentDictionary<int, int> refused = new();
    private int answered;

    /// <summary>Webhooks with a final answer, taken or not.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>"3 answered 500, 1 had no answer"; null when all were taken.</summary>
    public string? NotTaken => refused.IsEmpty
        ? null
        : string.Join(", ", refused.OrderBy(pair => pair.Key).Select(
            pair => pair.Key == 0 ? $"{pair.Value} had no answer" : $"{pair.Value} answered {pair.Key}"));

    /// <exception cref="LedgerRefusedException">A signature was refused: the others would be, too.</exception>
    public Task DeliverAsync(IEnumerable<SimulatedWebhook> webhooks, CancellationToken stop) =>
        carrier.DeliverAllAsync(webhooks, webhook => webhook.Body, Count, stop);

    /// <inheritdoc cref="DeliverAsync(IEnumerable{SimulatedWebhook}, CancellationToken)"/>
    public Task DeliverAsync(IAsyncEnumerable<SimulatedWebhook> webhooks, CancellationToken stop) =>
        carrier.DeliverAllAsync(webhooks, webhook => webhook.Body, Count, stop);

    private void Count(SimulatedWebhook webhook, WebhookAnswer answer)
    {
        if (answer.Status == 401)
        {
            throw new LedgerRefusedException(
                $"The ledger refused a signature (401, {ProblemTitle.Of(answer.Detail)}). Does it run in development, "
                + "and do both clocks agree?");
        }
        if (!answer.Accepted)
        {
            refused.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        }
        Interlocked.Increment(ref answered);
    }
}
