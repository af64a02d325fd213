using System.IO.Pipelines;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A file, and how it is to be written.</summary>
/// <param name="Raw">Leaves formulas as they are.</param>
/// <param name="Now">When it was asked for.</param>
public sealed record ExportOrder(ExportFile File, ExportFormat Format, DateTimeZone Zone, bool Raw, Instant Now)
{
    public string Name => $"{File.Name}.{Format.Name}";

    public string FileName => $"{File.FileName}.{Format.Name}";

    /// <summary>The sheet that the rows go to, with its header.</summary>
    public ISheet Open(PipeWriter output)
    {
        if (Format == ExportFormat.Parquet)
        {
            return new ParquetSheet(output, File.Columns);
        }
        var sheet = new CsvSheet(output, Zone, Raw);
        sheet.Header(File.Columns.Select(column => column.Name));
        return sheet;
    }
}

/// <summary>A file on its way, with all that its manifest says of it.</summary>
internal sealed class ExportWriting : IDisposable
{
    private readonly ExportOrder _order;
    private readonly HashingStream _bytes;
    private readonly PipeWriter _pipe;
    private readonly ISheet _sheet;

    /// <param name="output">Left open.</param>
    public ExportWriting(ExportOrder order, Stream output)
    {
        (_order, _bytes) = (order, new(output));
        _pipe = PipeWriter.Create(_bytes, new StreamPipeWriterOptions(leaveOpen: true));
        _sheet = order.Open(_pipe);
    }

    /// <summary>So far.</summary>
    public long Rows => _sheet.Rows;

    /// <summary>So far.</summary>
    public long Bytes => _bytes.Length;

    /// <summary>Writes all of it, once.</summary>
    /// <param name="connection">In a transaction that sees one moment.</param>
    /// <param name="query">With which it was asked for.</param>
    public async Task<ExportManifest> WriteAsync(NpgsqlConnection connection, string query, CancellationToken stop)
    {
        await using var progress = connection.Command($"select {_order.File.AsOfSql}");
        var asOf = (long)(await progress.ExecuteScalarAsync(stop))!;
        var totals = new ExportTotals();
        await _order.File.Rows(connection, _sheet, totals, stop);
        await _sheet.EndAsync(stop);
        await _pipe.CompleteAsync();
        return new(
            _order.FileName, _order.Name, query, _order.Format.Version, GetUsage.Definitions, CompanyZones.TzdbVersion,
            _order.Zone.Id, [.. _order.File.Columns.Select(column => column.Name)], Rows, Bytes, _bytes.Sha256,
            totals.All, ExportManifest.FirstPlace, asOf, _order.Now);
    }

    public void Dispose() => _bytes.Dispose();
}
