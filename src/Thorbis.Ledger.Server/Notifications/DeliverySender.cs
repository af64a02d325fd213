using System.Diagnostics;
using System.Runtime.CompilerServices;
using NodaTime;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Hands over what is due: at once after a wake-up on this node, else within <see cref="Poll"/>.</summary>
/// <remarks>The row is the truth: a delivery is tried at least once, and twice only when a node died over it.</remarks>
internal sealed class DeliverySender(
    DeliveryTable table, WebhookSender webhooks, MailSender mail, IClock clock, ILogger<DeliverySender> log)
    : BackgroundService
{
    /// <summary>For what another node has queued, and for what is tried again.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private const int AtOnce = 32;

    /// <summary>Taken at a time; the rest of a queue is left to other nodes.</summary>
    private const int Batch = 8;

    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Something was queued, and its transaction has been committed.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <summary>What is on its way when the server stops is waited for.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        DueAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        (delivery, _) => new ValueTask(HandOverAsync(delivery)));

    private async IAsyncEnumerable<Delivery> DueAsync([EnumeratorCancellation] CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var taken = await TakeAsync(stop);
            foreach (var delivery in taken)
            {
                yield return delivery;
            }
            if (taken.Count < Batch)
            {
                // Thrown here, the end of the host would look like a fault of the loop above.
                await ((Task)_wake.WaitAsync(Poll, stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<List<Delivery>> TakeAsync(CancellationToken stop)
    {
        try
        {
            return await table.TakeAsync(Batch, clock.GetCurrentInstant(), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception problem)
        {
            log.LogWarning(problem, "Deliveries that are due could not be read; it is tried again.");
            return [];
        }
    }

    private async Task HandOverAsync(Delivery delivery)
    {
        try
        {
            var since = Stopwatch.GetTimestamp();
            var outcome = await (delivery.EndpointId is null ? mail.SendAsync(delivery) : webhooks.SendAsync(delivery));
            await table.RecordAsync(
                delivery, outcome, Stopwatch.GetElapsedTime(since), clock.GetCurrentInstant(), CancellationToken.None);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "What became of delivery {Delivery} is not on record; it is due again in minutes.",
                delivery.DeliveryId);
        }
    }
}
