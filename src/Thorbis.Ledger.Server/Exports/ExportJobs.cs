using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>The table of jobs: its row is the truth, whichever node writes the file.</summary>
public sealed class ExportJobs(
    LedgerDatabase database, FactTransactions transactions, AccessLog log, IOptions<ExportOptions> options)
{
    /// <summary>A job whose node was not heard of for so long is taken up again, from the start.</summary>
    internal static readonly Duration Lease = Duration.FromSeconds(30);

    /// <summary>A job that breaks off so often, whatever node takes it up, is given up.</summary>
    private const int TriesMax = 3;

    private const string AskSql = """
        insert into ledger.export_job (job_id, tenant_id, export, format, query, filter, form, asked_at, asked_by,
          state)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued'
        where (select count(*) from ledger.export_job where tenant_id = $2 and state in ('queued', 'running')) < $10
        """;

    private const string TakeSql = $"""
        update ledger.export_job
        set state = 'running', tries = tries + 1, file_id = $1, lease_until = $3, rows = 0, bytes = 0
        where job_id = (
          select job_id from ledger.export_job
          where state = 'queued' or state = 'running' and lease_until < $2
          order by job_id limit 1 for update skip locked)
        returning {ExportJob.Columns}
        """;

    private const string ExpireSql = """
        with gone as (
          update ledger.export_job set state = 'expired' where state = 'done' and expires_at <= $1
          returning tenant_id, file_id)
        delete from ledger.export_piece p using gone where (p.tenant_id, p.file_id) = (gone.tenant_id, gone.file_id)
        """;

    private const string RemoveSql = """
        with gone as (
          delete from ledger.export_job where tenant_id = $1 and job_id = $2 returning tenant_id, file_id),
        pieces as (
          delete from ledger.export_piece p using gone
          where (p.tenant_id, p.file_id) = (gone.tenant_id, gone.file_id))
        select count(*) from gone
        """;

    /// <summary>What every change by who writes a job is bound to: it is his still.</summary>
    private const string Held = "job_id = $1 and file_id = $2 and state = 'running'";

    /// <summary>Raised once a job was queued on this node.</summary>
    internal event Action? Queued;

    /// <summary>Answers 202 with the job, or 429 where too many of the company wait.</summary>
    /// <param name="filter">Of the export, as JSON.</param>
    internal async Task<IResult> AskAsync(HttpContext http, ExportOrder order, string filter, ExportAsk ask)
    {
        var (actor, stop, id) = (Actor.Of(http.User), http.RequestAborted, Guid.CreateVersion7());
        var query = http.Request.QueryString.Value ?? "";
        await using (var change = await transactions.BeginAsync(stop))
        {
            await change.LockCompanyAsync(actor.Company, stop);
            var queued = await change.ExecuteAsync(
                AskSql, stop, id, actor.Company, order.File.Name, order.Format.Name, query, filter,
                JsonSerializer.Serialize(ask, LedgerJson.Options), order.Now, actor.Id, options.Value.JobsWaitingMax);
            if (queued == 0)
            {
                return Problems.Of(
                    StatusCodes.Status429TooManyRequests, "too-many-exports", "Too many exports are waiting.",
                    $"At most {options.Value.JobsWaitingMax} of a company may; wait for one, or remove one.");
            }
            await change.CommitAsync(stop);
        }
        Queued?.Invoke();
        await log.RecordAsync(actor.Company, actor.Id, "export.asked", $"{order.Name}{query} as job {id}", stop);
        return Results.Accepted($"/api/v1/export-jobs/{id}", new ExportJobView(
            id, order.File.Name, order.Format.Name, query, ExportJobState.Queued, order.Now, actor.Id, null, 0, 0, null,
            null, null));
    }

    /// <summary>The one asked for first that nobody writes; null for none.</summary>
    internal async Task<ExportJob?> TakeAsync(Instant now, CancellationToken stop)
    {
        await using var command = database.Owner.Command(TakeSql, Guid.CreateVersion7(), now, now + Lease);
        return (await command.ListAsync(ExportJob.Read, stop)).SingleOrDefault();
    }

    /// <returns>False when the job was removed, or is somebody else's by now.</returns>
    internal async Task<bool> RenewAsync(ExportJob job, long rows, long bytes, Instant now, CancellationToken stop) =>
        await ExecuteAsync(
            $"update ledger.export_job set lease_until = $3, rows = $4, bytes = $5 where {Held}", stop,
            job.JobId, job.FileId, now + Lease, rows, bytes) == 1;

    /// <summary>In the transaction of the pieces.</summary>
    /// <returns>False as above: the transaction must not be committed.</returns>
    internal async Task<bool> EndAsync(
        FactTransaction change, ExportJob job, ExportManifest manifest, Instant now, CancellationToken stop) =>
        await change.ExecuteAsync(
            $"""
            update ledger.export_job set state = 'done', rows = $3, bytes = $4, manifest = $5, ended_at = $6,
              expires_at = $7, lease_until = null
            where {Held}
            """, stop, job.JobId, job.FileId, manifest.Rows, manifest.Bytes,
            JsonSerializer.Serialize(manifest, LedgerJson.Options), now,
            now + Duration.FromTimeSpan(options.Value.KeptFor)) == 1;

    internal Task<int> FailAsync(ExportJob job, string reason, Instant now, CancellationToken stop) => ExecuteAsync(
        $"""
        update ledger.export_job set state = 'failed', reason = $3, ended_at = $4, lease_until = null where {Held}
        """, stop, job.JobId, job.FileId, reason, now);

    /// <summary>Lets another node, or this one after a restart, take it up at once.</summary>
    internal Task<int> ReleaseAsync(ExportJob job, CancellationToken stop) => ExecuteAsync(
        $"update ledger.export_job set state = 'queued', tries = tries - 1, lease_until = null where {Held}", stop,
        job.JobId, job.FileId);

    /// <summary>Deletes files whose time is over, and gives up jobs that broke off too often.</summary>
    internal async Task TidyAsync(Instant now, CancellationToken stop)
    {
        await ExecuteAsync(ExpireSql, stop, now);
        await ExecuteAsync(
            """
            update ledger.export_job set state = 'failed', reason = $2, ended_at = $1, lease_until = null
            where state = 'running' and lease_until < $1 and tries >= $3
            """, stop, now, $"Writing it broke off {TriesMax} times.", TriesMax);
    }

    /// <summary>Whatever state it is in; who writes it notices.</summary>
    /// <returns>False where the company has no such job.</returns>
    internal async Task<bool> RemoveAsync(string company, Guid jobId, CancellationToken stop)
    {
        await using var command = database.Owner.Command(RemoveSql, company, jobId);
        return await command.ExecuteScalarAsync(stop) is > 0L;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = database.Owner.Command(sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }
}
