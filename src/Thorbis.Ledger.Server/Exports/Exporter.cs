using System.Data;
using System.IO.Pipelines;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Streams files out of the database, and keeps a record of who took what.</summary>
public sealed class Exporter(LedgerDatabase database, AccessLog log)
{
    /// <summary>What is hashed and handed on at once.</summary>
    private const int BufferBytes = 64 * 1024;

    /// <summary>
    /// Answers with the file. A failure on the way breaks the connection off, so that a part never passes for all.
    /// </summary>
    public async Task<IResult> SendAsync(HttpContext http, ExportOrder order)
    {
        var (actor, stop) = (Actor.Of(http.User), http.RequestAborted);
        await log.RecordAsync(EntryOf(http, "begun", order.Name + http.Request.QueryString), stop);
        http.Response.ContentType = order.Format.ContentType;
        http.Response.Headers.ContentDisposition = $"attachment; filename={order.FileName}";
        using var bytes = new HashingStream(http.Response.Body);
        var pipe = PipeWriter.Create(bytes, new(minimumBufferSize: BufferBytes, leaveOpen: true));
        var sheet = order.Open(pipe);
        var outcome = "broken";
        try
        {
            await database.ReadAsync(actor.Company, async connection =>
            {
                await order.File.Rows(connection, sheet, null, stop);
                await sheet.EndAsync(stop);
                return sheet.Rows;
            }, stop);
            await pipe.CompleteAsync();
            outcome = "taken";
        }
        finally
        {
            // Who left in the middle took that much.
            var taken = EntryOf(http, outcome, $"{order.Name}: {sheet.Rows} rows") with
            {
                Rows = sheet.Rows,
                Sha256 = outcome == "taken" ? bytes.Sha256 : null,
            };
            await log.RecordAsync(taken, CancellationToken.None);
        }
        return Results.Empty;
    }

    /// <summary>Answers with the manifest of the file: it is written as it would be sent, and only hashed.</summary>
    public async Task<IResult> DescribeAsync(HttpContext http, ExportOrder order)
    {
        var (actor, stop) = (Actor.Of(http.User), http.RequestAborted);
        var query = http.Request.QueryString.Value ?? "";
        using var writing = new ExportWriting(order, Stream.Null);
        var manifest = await database.ReadAsync(
            actor.Company, connection => writing.WriteAsync(connection, query, stop), stop,
            IsolationLevel.RepeatableRead);
        await log.RecordAsync(
            EntryOf(http, "described", $"{order.Name}: {manifest.Rows} rows, sha256 {manifest.Sha256}") with
            {
                Rows = manifest.Rows,
                Sha256 = manifest.Sha256,
            }, stop);
        return Results.Ok(manifest);
    }

    private AccessEntry EntryOf(HttpContext http, string outcome, string subject)
    {
        var actor = Actor.Of(http.User);
        return log.Entry(actor.Company, actor.Id, $"export.{outcome}", subject) with
        {
            Address = ClientAddress.Of(http),
        };
    }
}
