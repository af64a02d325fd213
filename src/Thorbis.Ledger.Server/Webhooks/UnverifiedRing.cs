using System.Threading.Channels;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>A webhook signed in form, but by no key we know.</summary>
public sealed record UnverifiedWebhook(Guid Id, Instant ReceivedAt, string SignedAt, byte[] Signature, byte[] Body);

/// <summary>
/// Keeps unverified webhooks in a ring of bounded size: voice webhooks are never repeated after a 401, and a new key
/// can sign before we know it. A flood costs the oldest entries, never the intake.
/// </summary>
public sealed class UnverifiedRing(
    LedgerDatabase database, TelnyxKeyRing keys, Journal journal, IOptions<IntakeOptions> options,
    ILogger<UnverifiedRing> log) : BackgroundService, IUnverifiedRing
{
    private const int QueueLength = 256;
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(200);

    private const string TrimSql = """
        delete from intake.unverified where unverified_id in (
          select unverified_id from (
            select unverified_id, sum(octet_length(body) + 256) over (order by unverified_id desc) as bytes
            from intake.unverified) sized
          where bytes > $1)
        """;

    private readonly Channel<UnverifiedWebhook> _queue = Channel.CreateBounded<UnverifiedWebhook>(
        new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Never waits and never fails: under a flood the oldest of the queue goes.</summary>
    public void Offer(UnverifiedWebhook webhook) => _queue.Writer.TryWrite(webhook);

    /// <inheritdoc/>
    public async Task<int> RecheckAsync(Guid keyId, CancellationToken stop)
    {
        await keys.RefreshAsync(stop);
        if (keys.Keys.FirstOrDefault(k => k.KeyId == keyId) is not { } key)
        {
            return 0;
        }
        await WriteQueuedAsync(stop);
        var signed = 0;
        await foreach (var webhook in ReadAllAsync(stop))
        {
            signed += await MoveAsync(webhook, key, stop) ? 1 : 0;
        }
        return signed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(WriteInterval, stoppingToken);
            try
            {
                var count = await WriteQueuedAsync(stoppingToken);
                log.LogWarning("{Count} webhooks carry a signature that no known key made.", count);
            }
            catch (NpgsqlException problem)
            {
                log.LogError(problem, "Unverified webhooks could not be kept.");
            }
        }
    }

    /// <summary>One at a time: whoever comes second knows that what the first took is committed.</summary>
    private async Task<int> WriteQueuedAsync(CancellationToken stop)
    {
        await _writing.WaitAsync(stop);
        try
        {
            return await WriteGroupAsync(stop);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<int> WriteGroupAsync(CancellationToken stop)
    {
        var group = new List<UnverifiedWebhook>();
        while (_queue.Reader.TryRead(out var next))
        {
            group.Add(next);
        }
        await using var batch = database.Owner.CreateBatch();
        batch.BatchCommands.Add(new("""
            insert into intake.unverified (unverified_id, received_at, signed_at, signature, body)
            select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bytea[], $5::bytea[])
            """)
        {
            Parameters =
            {
                new() { Value = group.Select(w => w.Id).ToArray() },
                new() { Value = group.Select(w => w.ReceivedAt).ToArray() },
                new() { Value = group.Select(w => w.SignedAt).ToArray() },
                new() { Value = group.Select(w => w.Signature).ToArray() },
                new() { Value = group.Select(w => w.Body).ToArray() },
            },
        });
        batch.BatchCommands.Add(new(TrimSql) { Parameters = { new() { Value = options.Value.UnverifiedBytesMax } } });
        await batch.ExecuteNonQueryAsync(stop);
        return group.Count;
    }

    private async IAsyncEnumerable<UnverifiedWebhook> ReadAllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = database.Owner.CreateCommand(
            """
            select unverified_id, received_at, signed_at, signature, body
            from intake.unverified order by unverified_id
            """);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            yield return new(
                reader.GetGuid(0), reader.GetFieldValue<Instant>(1), reader.GetString(2),
                reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4));
        }
    }

    /// <summary>The timestamp is judged against the instant of receipt, not against now.</summary>
    private async Task<bool> MoveAsync(UnverifiedWebhook webhook, TelnyxKey key, CancellationToken stop)
    {
        if (!TelnyxSignature.Verify(key.PublicKey, webhook.Signature, webhook.SignedAt, webhook.Body))
        {
            return false;
        }
        var skew = webhook.ReceivedAt.ToUnixTimeSeconds() - long.Parse(webhook.SignedAt);
        var kept = await journal.KeepAsync(ReceivedWebhook.Of(
            key, webhook.ReceivedAt, webhook.SignedAt, webhook.Signature, webhook.Body,
            stale: Math.Abs(skew) > options.Value.Tolerance.TotalSeconds));
        if (kept)
        {
            await using var delete =
                database.Owner.CreateCommand("delete from intake.unverified where unverified_id = $1");
            delete.Parameters.Add(new() { Value = webhook.Id });
            await delete.ExecuteNonQueryAsync(stop);
        }
        return kept;
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }
}
