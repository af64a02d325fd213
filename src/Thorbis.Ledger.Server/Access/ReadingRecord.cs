using System.Threading.Channels;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;

namespace Thorbis.Ledger.Server.Access;

/// <summary>
/// Puts on record who read what is not read unseen. An answer waits a moment for its entry; where that takes longer the
/// entry is queued and in this process's log meanwhile, and is written as soon as that is possible. Decision 23.
/// </summary>
internal sealed class ReadingRecord(
    AccessLog accesses, IOptions<AccessLogOptions> options, IClock clock, ILogger<ReadingRecord> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Upkeep = TimeSpan.FromHours(12);

    private readonly Channel<AccessEntry> _later =
        Channel.CreateBounded<AccessEntry>(new BoundedChannelOptions(options.Value.QueueLength));

    /// <returns>False when it is not on record and will not be: nothing may be read then.</returns>
    public async Task<bool> RecordAsync(AccessEntry entry)
    {
        // Not the request's: who leaves has read nevertheless.
        using var patience = new CancellationTokenSource(options.Value.Patience);
        try
        {
            await accesses.RecordAsync(entry, patience.Token);
            return true;
        }
        catch (Exception problem) when (problem is OperationCanceledException or NpgsqlException)
        {
            var queued = _later.Writer.TryWrite(entry);
            log.LogWarning(problem, "The access log is slow; {Fate}: {Entry}.", queued ? "queued" : "refused", entry);
            return queued;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WriteAsync(stoppingToken), ForgetAsync(stoppingToken));

    /// <summary>What is queued is written before the process ends, as far as that is given time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (_later.Reader.TryRead(out var entry))
        {
            if (!await TryWriteAsync(entry, cancellationToken))
            {
                log.LogError("Ended before it was in the access log: {Entry}.", entry);
            }
        }
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        try
        {
            // Taken out only once it is written: what is peeked at is still there when the process stops.
            while (await _later.Reader.WaitToReadAsync(stop))
            {
                if (!_later.Reader.TryPeek(out var entry))
                {
                    continue;
                }
                if (await TryWriteAsync(entry, stop))
                {
                    _later.Reader.TryRead(out _);
                }
                else
                {
                    await Task.Delay(Pause, stop);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task<bool> TryWriteAsync(AccessEntry entry, CancellationToken stop)
    {
        try
        {
            await accesses.RecordAsync(entry, stop);
            return true;
        }
        catch (Exception problem) when (problem is OperationCanceledException or NpgsqlException)
        {
            return false;
        }
    }

    private async Task ForgetAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Upkeep);
        try
        {
            do
            {
                var before = clock.GetCurrentInstant() - Duration.FromTimeSpan(options.Value.KeptFor);
                if (await accesses.ForgetAsync(before, stop) is > 0 and var count)
                {
                    log.LogInformation("{Count} entries of the access log before {Before} are deleted.", count, before);
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
