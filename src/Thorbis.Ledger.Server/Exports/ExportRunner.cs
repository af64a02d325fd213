using NodaTime;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Writes the files that jobs ask for: one at a time on this node, what was asked for first before the
/// rest.</summary>
internal sealed class ExportRunner(ExportJobs jobs, ExportRun run, IClock clock, ILogger<ExportRunner> log)
    : BackgroundService
{
    /// <summary>For what another node has queued or left, and for files whose time is over.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _wake = new(0);

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <summary>Writes the next file.</summary>
    /// <returns>False when there was none to write.</returns>
    public async Task<bool> RunNextAsync(CancellationToken stop)
    {
        await jobs.TidyAsync(clock.GetCurrentInstant(), stop);
        if (await jobs.TakeAsync(clock.GetCurrentInstant(), stop) is not { } job)
        {
            return false;
        }
        await run.RunAsync(job, stop);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        jobs.Queued += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await TryNextAsync(stoppingToken))
            {
                // Thrown here, the end of the host would look like a fault.
                await ((Task)_wake.WaitAsync(Poll, stoppingToken))
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        jobs.Queued -= Wake;
    }

    private async Task<bool> TryNextAsync(CancellationToken stop)
    {
        try
        {
            return await RunNextAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception problem)
        {
            log.LogWarning(problem, "Exports that wait could not be taken up; it is tried again.");
            return false;
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }
}
