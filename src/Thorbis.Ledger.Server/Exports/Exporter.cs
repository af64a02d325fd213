using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Streams files out of the database, and keeps a record of who took what.</summary>
public sealed class Exporter(LedgerDatabase database, AccessLog log)
{
    /// <summary>Sorting a large range may come before the first row.</summary>
    private const int CommandSeconds = 300;

    /// <summary>
    /// Answers with the file. A failure on the way breaks the connection off, so that a part never passes for all.
    /// </summary>
    public async Task<IResult> SendAsync(HttpContext http, CsvExport export, bool raw)
    {
        var actor = Actor.Of(http.User);
        var stop = http.RequestAborted;
        await log.RecordAsync(
            actor.Company, actor.Id, "export.begun", export.Name + http.Request.QueryString, stop);
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = $"attachment; filename={export.FileName}";
        using var sheet = new CsvSheet(http.Response.BodyWriter, raw);
        var outcome = "broken";
        try
        {
            sheet.Header(export.Columns);
            await database.ReadAsync(actor.Company, connection => WriteAsync(connection, export, sheet, stop), stop);
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

    private static async Task<long> WriteAsync(
        NpgsqlConnection connection, CsvExport export, CsvSheet sheet, CancellationToken stop)
    {
        await using var command = export.Selection.Command(connection, export.Sql);
        command.CommandTimeout = CommandSeconds;
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            export.Write(sheet, rows);
            await sheet.EndRowAsync(stop);
        }
        return sheet.Rows;
    }
}
