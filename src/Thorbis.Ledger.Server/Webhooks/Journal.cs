using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>
/// Takes verified webhooks in and makes them durable in groups: one transaction holds many journal rows and, unless
/// enough of them wait already, one Wolverine message that wakes the interpreter. A group is what has come in while
/// the ones before it were committed: one webhook when it is quiet, and as many as the database is slow.
/// </summary>
public sealed class Journal(
    LedgerDatabase database, IWolverineRuntime wolverine, IOptions<IntakeOptions> options, IntakeMetrics metrics,
    IntakePressure pressure, WakeUps wakeUps, ILogger<Journal> log) : BackgroundService
{
    private const int RetriesMax = 8;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(options.Value.QueueLength) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>
    /// Completes once the webhook is committed; false when it cannot be kept now and the sender must repeat.
    /// </summary>
    public Task<bool> KeepAsync(ReceivedWebhook webhook)
    {
        var waiting = new Waiting(webhook);
        if (!_queue.Writer.TryWrite(waiting))
        {
            return Task.FromResult(false);
        }
        pressure.Arrived();
        return waiting.Kept.Task;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(0, options.Value.Writers).Select(_ => Task.Run(WriteGroupsAsync, CancellationToken.None)));

    /// <summary>Accepts nothing more, and returns when all that was accepted is committed or refused.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    private async Task WriteGroupsAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var group = new List<Waiting>();
            while (group.Count < options.Value.GroupLength && _queue.Reader.TryRead(out var next))
            {
                group.Add(next);
            }
            if (group.Count > 0)
            {
                await KeepGroupAsync(group, attempt: 0);
            }
        }
    }

    /// <summary>
    /// Data that Postgres refuses is found by halving: only that webhook is set aside. Lost races repeat the group.
    /// </summary>
    private async Task KeepGroupAsync(List<Waiting> group, int attempt)
    {
        try
        {
            await CommitAsync(group.ConvertAll(w => w.Webhook));
            group.ForEach(w => w.Kept.TrySetResult(true));
        }
        catch (PostgresException race) when (IsLostRace(race) && attempt < RetriesMax)
        {
            await KeepGroupAsync(group, attempt + 1);
        }
        catch (PostgresException bad) when (IsBadData(bad) && group.Count > 1)
        {
            await KeepGroupAsync(group[..(group.Count / 2)], attempt);
            await KeepGroupAsync(group[(group.Count / 2)..], attempt);
        }
        catch (PostgresException bad) when (IsBadData(bad) && group[0].Webhook.Envelope.EventId is not null)
        {
            var bare = group[0].Webhook with
            {
                Envelope = new(null, null, null,
                $"refused by the database: {bad.SqlState}")
            };
            await KeepGroupAsync([new(bare, group[0].Kept)], attempt);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "A group of {Count} webhooks could not be kept; their senders are asked to repeat.",
                group.Count);
            group.ForEach(w => w.Kept.TrySetResult(false));
        }
    }

    private async Task CommitAsync(List<ReceivedWebhook> webhooks)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (added, redelivered) = await JournalGroup.WriteAsync(connection, webhooks, CancellationToken.None);
        await CommitAsync(transaction, wake: added > 0 && wakeUps.TryAdd());
        metrics.Accepted(webhooks.Count);
        metrics.Redelivered(redelivered);
    }

    private async Task CommitAsync(NpgsqlTransaction transaction, bool wake)
    {
        if (!wake)
        {
            await transaction.CommitAsync();
            return;
        }
        try
        {
            var outbox = new MessageContext(wolverine);
            await outbox.EnlistInOutboxAsync(
                new DatabaseEnvelopeTransaction((IMessageDatabase)wolverine.Storage, transaction));
            await outbox.PublishAsync(new InterpretPending());
            await transaction.CommitAsync();
            await outbox.FlushOutgoingMessagesAsync();
        }
        catch
        {
            wakeUps.Remove();
            throw;
        }
    }

    private static bool IsLostRace(PostgresException problem) => problem.SqlState is
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
        or PostgresErrorCodes.UniqueViolation;

    /// <summary>Class 22: data exceptions; 54: a limit of the program, such as an index row too large.</summary>
    private static bool IsBadData(PostgresException problem) =>
        problem.SqlState.StartsWith("22", StringComparison.Ordinal)
            || problem.SqlState.StartsWith("54", StringComparison.Ordinal);

    private sealed record Waiting(ReceivedWebhook Webhook, TaskCompletionSource<bool> Kept)
    {
        public Waiting(ReceivedWebhook webhook)
            : this(webhook, new(TaskCreationOptions.RunContinuationsAsynchronously))
        {
        }
    }
}
