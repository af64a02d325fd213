using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>A column of a file: what is read for it, and how its cell is written.</summary>
/// <param name="Sql">Expressions over the file's rows.</param>
/// <param name="Write">Writes the cell; the first expression is at the place given.</param>
public sealed record CsvColumn(
    string Name, IReadOnlyList<string> Sql, Action<CsvSheet, NpgsqlDataReader, int> Write)
{
    /// <summary>In the file only when it is asked for by name.</summary>
    public bool OnRequest { get; init; }

    /// <summary>What a manifest adds up, currency empty where there is none; null where nothing is.</summary>
    public Func<NpgsqlDataReader, int, Money?>? Amount { get; init; }

    /// <summary>Text from outside: defused, and quoted where it must be.</summary>
    public static CsvColumn Text(string name, string? sql = null) =>
        new(name, [sql ?? name], (sheet, row, at) => sheet.Text(row.Text(at)));

    /// <summary>A word of our own.</summary>
    public static CsvColumn Word(string name, string? sql = null) =>
        new(name, [sql ?? name], (sheet, row, at) => sheet.Plain(row.Text(at)));

    public static CsvColumn Time(string name, ZonedText times) =>
        new(name, [name], (sheet, row, at) => sheet.Time(row, at, times));

    public static CsvColumn Flag(string name) =>
        new(name, [name], (sheet, row, at) => sheet.Flag(row.GetBoolean(at)));

    /// <param name="summed">Whether a total of it means something.</param>
    public static CsvColumn Integer(string name, bool summed = true) =>
        new(name, [$"{name}::bigint"], (sheet, row, at) => sheet.Integer(row.Value<long>(at)))
        {
            Amount = summed ? (row, at) => row.Value<long>(at) is { } number ? new(number, "") : null : null,
        };

    /// <summary>Seconds of a column of microseconds.</summary>
    public static CsvColumn Seconds(string name, string sql) =>
        new(name, [sql], (sheet, row, at) => sheet.Seconds(row.Value<long>(at)))
        {
            Amount = (row, at) => row.Value<long>(at) is { } known ? new(known / 1_000_000m, "") : null,
        };

    public static CsvColumn Cost(string name) =>
        new(name, ["carrier_cost", "carrier_currency"], (sheet, row, at) => sheet.Amount(row.Value<decimal>(at)))
        {
            Amount = (row, at) => row.Money(at),
        };
}
