using System.IO.Pipelines;
using Parquet;
using Parquet.Schema;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>
/// Writes rows of Apache Parquet into a pipe, in groups of bounded size; holds one group, whatever the length.
/// </summary>
internal sealed class ParquetSheet : ISheet
{
    public const int GroupRowsMax = 20_000;

    /// <summary>Of the texts of a group, in characters: a group ends with the row that reaches it.</summary>
    public const int GroupTextMax = 4 * 1024 * 1024;

    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy };

    private readonly ParquetCells[] _columns;
    private readonly ParquetSchema _schema;
    private readonly PipeWriter _output;
    private ParquetWriter? _writer;
    private int _column;
    private int _rows;
    private long _text;

    public ParquetSheet(PipeWriter output, IReadOnlyList<ExportHead> columns)
    {
        _output = output;
        _columns = [.. columns.Select(column => ParquetCells.Of(column, GroupRowsMax))];
        _schema = new([.. _columns.SelectMany(column => column.Fields)]);
    }

    public long Rows { get; private set; }

    public void Text(string? value)
    {
        _text += value?.Length ?? 0;
        Next<ParquetTexts>().Add(value);
    }

    public void Plain(string? value) => Text(value);

    public void Integer(long? value) => Next<ParquetValues<long>>().Add(value);

    public void Time(long? microseconds) => Next<ParquetValues<DateTime>>().Add(
        microseconds is { } known ? DateTime.UnixEpoch.AddTicks(known * 10) : null);

    public void Flag(bool value) => Next<ParquetValues<bool>>().Add(value);

    public void Amount(decimal? value) => Next<ParquetAmounts>().Add(value);

    public void Seconds(long? microseconds) => Next<ParquetValues<decimal>>().Add(microseconds / 1_000_000m);

    public ValueTask EndRowAsync(CancellationToken stop)
    {
        Rows++;
        _rows++;
        _column = 0;
        return _rows < GroupRowsMax && _text < GroupTextMax ? default : WriteGroupAsync(stop);
    }

    public async ValueTask EndAsync(CancellationToken stop)
    {
        if (_rows > 0)
        {
            await WriteGroupAsync(stop);
        }
        await (await BegunAsync(stop)).DisposeAsync();
    }

    private async ValueTask<ParquetWriter> BegunAsync(CancellationToken stop) =>
        _writer ??= await ParquetWriter.CreateAsync(
            _schema, new PipeStream(_output), Options, cancellationToken: stop);

    private async ValueTask WriteGroupAsync(CancellationToken stop)
    {
        using var group = (await BegunAsync(stop)).CreateRowGroup();
        foreach (var column in _columns)
        {
            await column.WriteAsync(group, _rows, stop);
        }
        (_rows, _text) = (0, 0);
    }

    private TCells Next<TCells>() where TCells : ParquetCells => (TCells)_columns[_column++];

    private sealed class PipeStream(PipeWriter output) : OutputStream
    {
        private long _length;

        public override long Length => _length;

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _length += buffer.Length;
            await output.WriteAsync(buffer, cancellationToken);
        }
    }
}
