using System.Diagnostics;
using System.Runtime.CompilerServices;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Statements;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Hands over what is due: at once after a wake-up on this node, else within <see cref="Poll"/>. Statements
/// have a lane of their own, so that no alert ever waits behind a file.</summary>
/// <remarks>The row is the truth: a delivery is tried at least once, and twice only when a node died over it.</remarks>
internal sealed class DeliverySender(
    DeliveryTable table, WebhookSender webhooks, MailSender mail, StatementSender statements, IClock clock,
    ILogger<DeliverySender> log)
    : BackgroundService
{
    /// <summary>For what another node has queued, and for what is tried again.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>How often it is told that what takes long is still under way.</summary>
    private static readonly TimeSpan Sign = (DeliveryTable.Lease / 3).ToTimeSpan();
    private const int AtOnce = 32;

    /// <summary>Each may hold an attachment of the largest size.</summary>
    private const int FilesAtOnce = 4;

    /// <summary>Taken at a time; the rest of a queue is left to other nodes.</summary>
    private const int Batch = 8;

    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _wakeFiles = new(0);

    /// <summary>Something was queued, and its transaction has been committed.</summary>
    public void Wake()
    {
        foreach (var wake in (SemaphoreSlim[])[_wake, _wakeFiles])
        {
            if (wake.CurrentCount == 0)
            {
                wake.Release();
            }
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        _wakeFiles.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RunAsync(files: false, _wake, AtOnce, Batch, stoppingToken),
        RunAsync(files: true, _wakeFiles, FilesAtOnce, FilesAtOnce, stoppingToken));

    /// <summary>What is on its way when the server stops is waited for.</summary>
    private Task RunAsync(bool files, SemaphoreSlim wake, int atOnce, int batch, CancellationToken stop) =>
        Parallel.ForEachAsync(
            DueAsync(files, wake, batch, stop), new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            (delivery, _) => new ValueTask(HandOverAsync(delivery)));

    private async IAsyncEnumerable<Delivery> DueAsync(
        bool files, SemaphoreSlim wake, int batch, [EnumeratorCancellation] CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var taken = await TakeAsync(files, batch, stop);
            foreach (var delivery in taken)
            {
                yield return delivery;
            }
            if (taken.Count < batch)
            {
                // Thrown here, the end of the host would look like a fault of the loop above.
                await ((Task)wake.WaitAsync(Poll, stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<List<Delivery>> TakeAsync(bool files, int batch, CancellationToken stop)
    {
        try
        {
            return await table.TakeAsync(files, batch, clock.GetCurrentInstant(), stop);
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
            var outcome = await KeepingAsync(delivery, SendAsync(delivery));
            await table.RecordAsync(
                delivery, outcome, Stopwatch.GetElapsedTime(since), clock.GetCurrentInstant(), CancellationToken.None);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "What became of delivery {Delivery} is not on record; it is due again in minutes.",
                delivery.DeliveryId);
        }
    }

    private Task<Outcome> SendAsync(Delivery delivery) => delivery switch
    {
        { EndpointId: not null } => webhooks.SendAsync(delivery),
        { Destination: not null } => statements.SendAsync(delivery),
        _ => mail.SendAsync(delivery),
    };

    /// <summary>Long attempts outlast the lease: it is prolonged while they go on.</summary>
    private async Task<Outcome> KeepingAsync(Delivery delivery, Task<Outcome> sending)
    {
        while (await Task.WhenAny(sending, Task.Delay(Sign)) != sending)
        {
            try
            {
                await table.KeepAsync(delivery, clock.GetCurrentInstant(), CancellationToken.None);
            }
            catch (NpgsqlException problem)
            {
                log.LogWarning(problem, "The lease of delivery {Delivery} could not be prolonged.",
                    delivery.DeliveryId);
            }
        }
        return await sending;
    }
}
