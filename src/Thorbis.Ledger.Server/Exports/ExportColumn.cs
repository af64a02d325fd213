using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>What the cells of a column are.</summary>
public enum CellKind
{
    Text,
    Integer,
    Time,
    Flag,

    /// <summary>Seconds, to the microsecond.</summary>
    Seconds,

    /// <summary>A number with every digit that it has.</summary>
    Amount,
}

/// <summary>A column as the head of a file has it.</summary>
public sealed record ExportHead(string Name, CellKind Kind);

/// <summary>A column of a file: how its cell is written out of a row.</summary>
/// <param name="Write">Writes one cell, of that kind; the place is where the row has the first of
/// <see cref="Sql"/>.</param>
public sealed record ExportColumn<TRow>(string Name, CellKind Kind, Action<ISheet, TRow, int> Write)
{
    /// <summary>Expressions that are read for it, where rows come out of the database one by one.</summary>
    public IReadOnlyList<string> Sql { get; init; } = [];

    /// <summary>In the file only when it is asked for by name.</summary>
    public bool OnRequest { get; init; }

    /// <summary>What a manifest adds up, currency empty where there is none; null where nothing is.</summary>
    public Func<TRow, int, Money?>? Amount { get; init; }
}

/// <summary>Columns of rows that are read out of the database one by one.</summary>
public static class SqlColumn
{
    /// <summary>Text from outside: defused, and quoted where it must be.</summary>
    public static ExportColumn<NpgsqlDataReader> Text(string name, string? sql = null) =>
        new(name, CellKind.Text, (sheet, row, at) => sheet.Text(row.Text(at))) { Sql = [sql ?? name] };

    /// <summary>A word of our own.</summary>
    public static ExportColumn<NpgsqlDataReader> Word(string name, string? sql = null) =>
        new(name, CellKind.Text, (sheet, row, at) => sheet.Plain(row.Text(at))) { Sql = [sql ?? name] };

    public static ExportColumn<NpgsqlDataReader> Time(string name, string? sql = null) =>
        new(name, CellKind.Time, (sheet, row, at) => sheet.Time(row.Microseconds(at))) { Sql = [sql ?? name] };

    public static ExportColumn<NpgsqlDataReader> Flag(string name) =>
        new(name, CellKind.Flag, (sheet, row, at) => sheet.Flag(row.GetBoolean(at))) { Sql = [name] };

    /// <param name="summed">Whether a total of it means something.</param>
    public static ExportColumn<NpgsqlDataReader> Integer(string name, bool summed = true) =>
        new(name, CellKind.Integer, (sheet, row, at) => sheet.Integer(row.Value<long>(at)))
        {
            Sql = [$"{name}::bigint"],
            Amount = summed ? (row, at) => row.Value<long>(at) is { } number ? new(number, "") : null : null,
        };

    /// <summary>Seconds of a column of microseconds.</summary>
    public static ExportColumn<NpgsqlDataReader> Seconds(string name, string sql) =>
        new(name, CellKind.Seconds, (sheet, row, at) => sheet.Seconds(row.Value<long>(at)))
        {
            Sql = [sql],
            Amount = (row, at) => row.Value<long>(at) is { } known ? new(known / 1_000_000m, "") : null,
        };

    /// <summary>An amount that is never added up.</summary>
    public static ExportColumn<NpgsqlDataReader> Amount(string name) =>
        new(name, CellKind.Amount, (sheet, row, at) => sheet.Amount(row.Value<decimal>(at))) { Sql = [name] };

    public static ExportColumn<NpgsqlDataReader> Cost(string name) => Amount(name) with
    {
        Sql = ["carrier_cost", "carrier_currency"],
        Amount = (row, at) => row.Money(at),
    };
}

/// <summary>Columns of rows that are in memory.</summary>
public static class RowColumn
{
    /// <summary>Text from outside: defused, and quoted where it must be.</summary>
    public static ExportColumn<TRow> Text<TRow>(string name, Func<TRow, string?> value) =>
        new(name, CellKind.Text, (sheet, row, _) => sheet.Text(value(row)));

    /// <summary>A word of our own.</summary>
    public static ExportColumn<TRow> Word<TRow>(string name, Func<TRow, string?> value) =>
        new(name, CellKind.Text, (sheet, row, _) => sheet.Plain(value(row)));

    public static ExportColumn<TRow> Time<TRow>(string name, Func<TRow, Instant> value) =>
        new(name, CellKind.Time, (sheet, row, _) => sheet.Time(value(row).ToUnixTimeTicks() / 10));

    /// <summary>Empty where there is none.</summary>
    public static ExportColumn<TRow> MaybeTime<TRow>(string name, Func<TRow, Instant?> value) =>
        new(name, CellKind.Time, (sheet, row, _) => sheet.Time(value(row)?.ToUnixTimeTicks() / 10));

    public static ExportColumn<TRow> Flag<TRow>(string name, Func<TRow, bool> value) =>
        new(name, CellKind.Flag, (sheet, row, _) => sheet.Flag(value(row)));

    /// <param name="summed">Whether a total of it means something.</param>
    public static ExportColumn<TRow> Integer<TRow>(string name, Func<TRow, long?> value, bool summed = true) =>
        new(name, CellKind.Integer, (sheet, row, _) => sheet.Integer(value(row)))
        {
            Amount = summed ? (row, _) => value(row) is { } number ? new(number, "") : null : null,
        };

    /// <summary>Seconds, of microseconds.</summary>
    public static ExportColumn<TRow> Seconds<TRow>(string name, Func<TRow, long> value) =>
        new(name, CellKind.Seconds, (sheet, row, _) => sheet.Seconds(value(row)))
        {
            Amount = (row, _) => new(value(row) / 1_000_000m, ""),
        };

    /// <summary>An amount that is never added up.</summary>
    public static ExportColumn<TRow> Amount<TRow>(string name, Func<TRow, decimal?> value) =>
        new(name, CellKind.Amount, (sheet, row, _) => sheet.Amount(value(row)));
}
