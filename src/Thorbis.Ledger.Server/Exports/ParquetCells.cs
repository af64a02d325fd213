using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>The cells of a column until their group is written.</summary>
internal abstract class ParquetCells
{
    /// <summary>Of seconds, to the microsecond: every 64-bit number of them fits.</summary>
    private const int SecondsPrecision = 19;
    private const int SecondsScale = 6;

    /// <summary>One, or two where one cannot hold every value.</summary>
    public abstract IEnumerable<Field> Fields { get; }

    /// <param name="most">Rows of a group.</param>
    public static ParquetCells Of(ExportHead column, int most) => column.Kind switch
    {
        CellKind.Text => new ParquetTexts(column.Name, most),
        CellKind.Integer => new ParquetValues<long>(new DataField(column.Name, typeof(long), isNullable: true), most),
        CellKind.Flag => new ParquetValues<bool>(new DataField(column.Name, typeof(bool), isNullable: true), most),
        CellKind.Time => new ParquetValues<DateTime>(
            new DateTimeDataField(
                column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros,
                isNullable: true),
            most),
        CellKind.Seconds => new ParquetValues<decimal>(
            new DecimalDataField(column.Name, SecondsPrecision, SecondsScale, isNullable: true), most),
        CellKind.Amount => new ParquetAmounts(column.Name, most),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Kind, "Not a kind of cell."),
    };

    /// <summary>Writes the cells of a group, and begins the next.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken stop);
}

internal sealed class ParquetValues<TValue>(DataField column, int most) : ParquetCells
    where TValue : struct
{
    private readonly TValue?[] _cells = new TValue?[most];
    private int _count;

    public override IEnumerable<Field> Fields => [column];

    public void Add(TValue? value) => _cells[_count++] = value;

    public override async Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken stop)
    {
        await group.WriteAsync<TValue>(column, _cells.AsMemory(0, rows), cancellationToken: stop);
        _count = 0;
    }
}

internal sealed class ParquetTexts(string name, int most) : ParquetCells
{
    private readonly DataField _field = new(name, typeof(string), isNullable: true);
    private readonly string?[] _cells = new string?[most];
    private int _count;

    public override IEnumerable<Field> Fields => [_field];

    public void Add(string? value) => _cells[_count++] = value;

    public override async Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken stop)
    {
        await group.WriteAsync(_field, new ArraySegment<string?>(_cells, 0, rows)!);
        _count = 0;
    }
}

/// <summary>Amounts as decimal(38,18); one that would lose a digit there is a text in a column of its own.</summary>
internal sealed class ParquetAmounts(string name, int most) : ParquetCells
{
    /// <summary>After the name of the column.</summary>
    public const string TextSuffix = "_text";

    private const int Precision = 38;
    private const int Scale = 18;
    private const decimal Bound = 1e20m;

    private readonly ParquetValues<decimal> _amounts =
        new(new DecimalDataField(name, Precision, Scale, isNullable: true), most);

    private readonly ParquetTexts _texts = new(name + TextSuffix, most);

    public override IEnumerable<Field> Fields => [.. _amounts.Fields, .. _texts.Fields];

    public void Add(decimal? value)
    {
        var fits = value is not { } known || (Math.Abs(known) < Bound && decimal.Round(known, Scale) == known);
        _amounts.Add(fits ? value : null);
        _texts.Add(fits ? null : value?.ToString(CultureInfo.InvariantCulture));
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken stop)
    {
        await _amounts.WriteAsync(group, rows, stop);
        await _texts.WriteAsync(group, rows, stop);
    }
}
