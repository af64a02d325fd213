using System.Data;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Writes the file of a job, and keeps the job for this node meanwhile.</summary>
/// <remarks>
/// Rows are read as the direct export reads them: by the tenant login, as the company. Pieces and the job's end are
/// one transaction, so of a node that dies nothing is left, and who lost the job commits nothing.
/// </remarks>
internal sealed class ExportRun(
    LedgerDatabase database, FactTransactions transactions, ExportJobs jobs, Memberships memberships,
    CompanyZones zones, TrailReader trail, IClock clock, IOptions<ExportOptions> options, ILogger<ExportRun> log)
{
    /// <summary>How often progress is told, and the lease renewed.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    public async Task RunAsync(ExportJob job, CancellationToken stop)
    {
        try
        {
            if (await StillAllowedAsync(job, stop))
            {
                await WriteAsync(job, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await jobs.ReleaseAsync(job, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The job was removed, refused, or taken up elsewhere: it is no longer this node's.
        }
        catch (FileTooLargeException)
        {
            await FailAsync(job, $"The file has more than {options.Value.FileBytesMax} bytes: ask for less at once.");
        }
        catch (Exception problem)
        {
            log.LogError(problem, "Export {Job} broke off; it is taken up again when its lease ends.", job.JobId);
        }
    }

    private async Task WriteAsync(ExportJob job, CancellationToken stop)
    {
        using var going = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var order = await OrderAsync(job, going.Token);
        await using var change = await transactions.BeginAsync(going.Token);
        await using var pieces = new FilePieces(change.Connection, job.File, options.Value.FileBytesMax);
        using var writing = new ExportWriting(order, pieces);
        var keeping = KeepAsync(job, writing, going);
        try
        {
            var manifest = await database.ReadAsync(
                job.Company, connection => writing.WriteAsync(connection, job.Query, going.Token), going.Token,
                IsolationLevel.RepeatableRead);
            await pieces.EndAsync(going.Token);
            if (await StillAllowedAsync(job, going.Token)
                && await jobs.EndAsync(change, job, manifest, clock.GetCurrentInstant(), going.Token))
            {
                await change.CommitAsync(CancellationToken.None);
            }
        }
        finally
        {
            await going.CancelAsync();
            await keeping;
        }
    }

    /// <summary>The file as it was asked for, then.</summary>
    private async Task<ExportOrder> OrderAsync(ExportJob job, CancellationToken stop)
    {
        var zone = DateTimeZoneProviders.Tzdb[job.Ask.Zone!];
        var scope = new ExportScope(
            job.Export, job.Company, job.Ask.Columns, new(job.Company), zone, await zones.OfAsync(job.Company, stop),
            job.AskedAt)
        {
            Trail = trail,
        };
        var file = ExportOf(job).Open(job.Filter, scope);
        return scope.Selection.Problem is null
            ? new(file, job.Format, zone, job.Ask.IsRaw, job.AskedAt)
            : throw new InvalidOperationException("What was accepted when it was asked for is refused now.");
    }

    /// <summary>Until the work is over; ends it when the job is no longer this node's.</summary>
    private async Task KeepAsync(ExportJob job, ExportWriting writing, CancellationTokenSource going)
    {
        using var timer = new PeriodicTimer(Renewal);
        try
        {
            while (await timer.WaitForNextTickAsync(going.Token))
            {
                if (!await StillAllowedAsync(job, going.Token) || !await jobs.RenewAsync(
                    job, writing.Rows, writing.Bytes, clock.GetCurrentInstant(), going.Token))
                {
                    await going.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
        catch (NpgsqlException problem)
        {
            log.LogWarning(problem, "The lease of export {Job} could not be renewed; it ends here.", job.JobId);
            await going.CancelAsync();
        }
    }

    /// <summary>Fails the job of who has lost the right to the file since he asked.</summary>
    private async Task<bool> StillAllowedAsync(ExportJob job, CancellationToken stop)
    {
        if (await memberships.RoleAsync(job.AskedBy, job.Company, stop) is { } role
            && ExportOf(job).Roles.Contains(role))
        {
            return true;
        }
        await FailAsync(job, "Who asked for it may not take files any more.");
        return false;
    }

    private static Export ExportOf(ExportJob job) => ExportSetup.All.Single(export => export.Name == job.Export);

    private Task<int> FailAsync(ExportJob job, string reason) =>
        jobs.FailAsync(job, reason, clock.GetCurrentInstant(), CancellationToken.None);
}
