using System.Data;
using System.IO.Pipelines;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Streams files out of the database, and keeps a record of who took what.</summary>
public sealed class Exporter(LedgerDatabase database, AccessLog log)
{
    /// <summary>
    /// Answers with the file. A failure on the way breaks the connection off, so that a part never passes for all.
    /// </summary>
    public async Task<IResult> SendAsync(HttpContext http, ExportFile export, DateTimeZone zone, bool raw)
    {
        var actor = Actor.Of(http.User);
        var stop = http.RequestAborted;
        await log.RecordAsync(
            actor.Company, actor.Id, "export.begun", export.Name + http.Request.QueryString, stop);
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = $"attachment; filename={export.FileName}";
        using var sheet = new CsvSheet(http.Response.BodyWriter, zone, raw);
        var outcome = "broken";
        try
        {
            sheet.Header(export.Columns);
            await database.ReadAsync(actor.Company, async connection =>
            {
                await export.Rows(connection, sheet, null, stop);
                return sheet.Rows;
            }, stop);
            outcome = "taken";
        }
        finally
        {
            // Who left in the middle took that much.
            var taken = $"{export.Name}: {sheet.Rows} rows";
            await log.RecordAsync(actor.Company, actor.Id, $"export.{outcome}", taken, CancellationToken.None);
        }
        return Results.Empty;
    }

    /// <summary>Answers with the manifest of the file: it is written as it would be sent, and only hashed.</summary>
    public async Task<IResult> DescribeAsync(HttpContext http, ExportFile export, ExportScope scope, bool raw)
    {
        var (actor, stop) = (Actor.Of(http.User), http.RequestAborted);
        await using var bytes = new HashingStream();
        var pipe = PipeWriter.Create(bytes, new StreamPipeWriterOptions(leaveOpen: true));
        var totals = new ExportTotals();
        long rows, asOf;
        using (var sheet = new CsvSheet(pipe, scope.Zone, raw))
        {
            sheet.Header(export.Columns);
            asOf = await database.ReadAsync(
                actor.Company, connection => HashAsync(connection, export, sheet, totals, stop), stop,
                IsolationLevel.RepeatableRead);
            rows = sheet.Rows;
        }
        await pipe.CompleteAsync();
        await log.RecordAsync(
            actor.Company, actor.Id, "export.described", $"{export.Name}: {rows} rows, sha256 {bytes.Sha256}", stop);
        return Results.Ok(new ExportManifest(
            export.FileName, export.Name, http.Request.QueryString.Value ?? "", ExportFile.Format,
            GetUsage.Definitions, CompanyZones.TzdbVersion, scope.Zone.Id, export.Columns, rows, bytes.Length,
            bytes.Sha256, totals.All, ExportManifest.FirstPlace, asOf, scope.Now));
    }

    private static async Task<long> HashAsync(
        NpgsqlConnection connection, ExportFile export, CsvSheet sheet, ExportTotals totals, CancellationToken stop)
    {
        await using var progress = connection.Command($"select {export.AsOfSql}");
        var asOf = (long)(await progress.ExecuteScalarAsync(stop))!;
        await export.Rows(connection, sheet, totals, stop);
        return asOf;
    }
}
