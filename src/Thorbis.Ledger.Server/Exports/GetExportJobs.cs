using System.ComponentModel;
using System.Security.Claims;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>The company's jobs: how far each is, its file, and removing it.</summary>
public static class GetExportJobs
{
    private const string Id = "The job's id, as the answer that began it has it.";

    private sealed record Kept(ExportJobView Job, Guid? FileId);

    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/export-jobs").WithTags("Exports");
        jobs.MapGet("", ListAsync).Allow(Permissions.Export)
            .WithName("GetExportJobs").WithSummary("Lists the company's files that are written in the background.")
            .Produces<Page<ExportJobView>>().ProducesProblem(422);
        jobs.MapGet("/{jobId:guid}", GetAsync).Allow(Permissions.Export)
            .WithName("GetExportJob").WithSummary("One of them: how far it is, and when it is done what it holds.")
            .Produces<ExportJobView>().ProducesProblem(404);
        jobs.MapGet("/{jobId:guid}/file", FileAsync).Allow(Permissions.Export)
            .WithName("GetExportJobFile").WithSummary("Its file, once it is done; in ranges too.")
            .Produces(200, contentType: "text/csv", additionalContentTypes: ExportFormat.Parquet.ContentType)
            .Produces(206, contentType: "text/csv", additionalContentTypes: ExportFormat.Parquet.ContentType)
            .ProducesProblem(403)
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(410);
        jobs.MapDelete("/{jobId:guid}", DeleteAsync).Allow(Permissions.Export)
            .WithName("RemoveExportJob").WithSummary("End it whatever its state, and delete its file.")
            .Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageAsk page, ClaimsPrincipal user, LedgerDatabase database, IClock clock,
        CancellationToken stop)
    {
        var (company, now) = (Actor.Of(user).Company, clock.GetCurrentInstant());
        var selection = new Selection(company);
        page.After(selection, "job_id");
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection,
            $"select {ExportJobView.Columns} from ledger.export_job where {selection.Sql} order by job_id desc",
            row => ExportJobView.Read(row, now), job => [job.JobId.ToString()], stop), stop));
    }

    private static async Task<IResult> GetAsync(
        [Description(Id)] Guid jobId, ClaimsPrincipal user, LedgerDatabase database, IClock clock,
        CancellationToken stop) =>
        await FindAsync(jobId, user, database, clock, stop) is { } kept
            ? Results.Ok(kept.Job)
            : Problems.NotFound("export job");

    private static async Task<IResult> FileAsync(
        [Description(Id)] Guid jobId, ClaimsPrincipal user, LedgerDatabase database, AccessLog log, IClock clock,
        CancellationToken stop)
    {
        var actor = Actor.Of(user);
        if (await FindAsync(jobId, user, database, clock, stop) is not { } kept)
        {
            return Problems.NotFound("export job");
        }
        var job = kept.Job;
        if (!ExportSetup.All.Any(export => export.Name == job.Export && export.Roles.Contains(actor.Role!.Value)))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }
        if (job is not { State: ExportJobState.Done, Manifest: { } manifest, EndedAt: { } endedAt }
            || kept.FileId is not { } fileId)
        {
            return job.State == ExportJobState.Expired
                ? Problems.Of(StatusCodes.Status410Gone, "export-expired", "The file was kept for its time.")
                : Problems.Of(
                    StatusCodes.Status409Conflict, "export-not-done", "There is no file.", $"It is {job.State}.");
        }
        await log.RecordAsync(
            actor.Company, actor.Id, "export.begun", $"{manifest.Export}{job.Query} of job {jobId}", stop);
        return Results.Stream(
            new StoredFile(database, ExportJob.FileOf(actor.Company, fileId), job.Bytes),
            ExportFormat.Asked(job.Format)!.ContentType, manifest.File, endedAt.ToDateTimeOffset(),
            new EntityTagHeaderValue($"\"{manifest.Sha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> DeleteAsync(
        [Description(Id)] Guid jobId, ClaimsPrincipal user, ExportJobs jobs, AccessLog log, CancellationToken stop)
    {
        var actor = Actor.Of(user);
        if (!await jobs.RemoveAsync(actor.Company, jobId, stop))
        {
            return Problems.NotFound("export job");
        }
        await log.RecordAsync(actor.Company, actor.Id, "export.removed", $"job {jobId}", stop);
        return Results.NoContent();
    }

    private static Task<Kept?> FindAsync(
        Guid jobId, ClaimsPrincipal user, LedgerDatabase database, IClock clock, CancellationToken stop)
    {
        var (company, now) = (Actor.Of(user).Company, clock.GetCurrentInstant());
        return database.ReadAsync(company, async connection =>
        {
            await using var command = connection.Command(
                $"select {ExportJobView.Columns}, file_id from ledger.export_job where tenant_id = $1 and job_id = $2",
                company, jobId);
            var found = await command.ListAsync(row => new Kept(
                ExportJobView.Read(row, now), row.Value<Guid>(ExportJobView.ColumnCount)), stop);
            return found.SingleOrDefault();
        }, stop);
    }
}
