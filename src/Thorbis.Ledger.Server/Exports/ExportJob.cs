using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A job that this node writes.</summary>
/// <param name="Filter">Of the export, as JSON.</param>
/// <param name="Ask">Its zone is the one of the asking, never left out.</param>
/// <param name="FileId">Of this try.</param>
internal sealed record ExportJob(
    Guid JobId, string Company, string Export, ExportFormat Format, string Query, string Filter, ExportAsk Ask,
    Instant AskedAt, string AskedBy, Guid FileId)
{
    public const string Columns =
        "job_id, tenant_id, export, format, query, filter, form, asked_at, asked_by, file_id";

    public FileKey File => FileOf(Company, FileId);

    public static FileKey FileOf(string company, Guid fileId) =>
        new("ledger.export_piece", "file_id", company, fileId);

    public static ExportJob Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), ExportFormat.Asked(row.GetString(3))!, row.GetString(4),
        row.GetString(5), row.State<ExportAsk>(6), row.GetFieldValue<Instant>(7), row.GetString(8), row.GetGuid(9));
}

/// <summary>Where a job is.</summary>
internal static class ExportJobState
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>It was done; its file is gone.</summary>
    public const string Expired = "expired";
}

/// <summary>A file that is written in the background.</summary>
/// <param name="Query">With which it was asked for.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>expired</c>.</param>
/// <param name="AskedBy">The user or key, as the access log names them.</param>
/// <param name="EndedAt">When it was done or failed.</param>
/// <param name="Rows">Written so far; a try that broke off is begun anew.</param>
/// <param name="Bytes">Likewise.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="ExpiresAt">Until then the file can be taken.</param>
/// <param name="Manifest">What the file holds, once it is done.</param>
public sealed record ExportJobView(
    Guid JobId, string Export, string Format, string Query, string State, Instant AskedAt, string AskedBy,
    Instant? EndedAt, long Rows, long Bytes, string? Reason, Instant? ExpiresAt, ExportManifest? Manifest)
{
    /// <summary>How many <see cref="Columns"/> there are: the place of what a statement reads after them.</summary>
    public const int ColumnCount = 13;

    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Columns = """
        job_id, export, format, query, state, asked_at, asked_by, ended_at, rows, bytes, reason, expires_at, manifest
        """;

    public static ExportJobView Read(NpgsqlDataReader row, Instant now)
    {
        var (state, expiresAt) = (row.GetString(4), row.Value<Instant>(11));
        return new(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3),
            state == ExportJobState.Done && expiresAt <= now ? ExportJobState.Expired : state,
            row.GetFieldValue<Instant>(5), row.GetString(6), row.Value<Instant>(7), row.GetInt64(8), row.GetInt64(9),
            row.Text(10), expiresAt, row.IsDBNull(12) ? null : row.State<ExportManifest>(12));
    }
}
