using System.ComponentModel;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>How a file is written.</summary>
public sealed record ExportAsk(
    [property: Description("IANA zone of the times, and of bounds that are dates; the company's when left out.")]
    string? Zone,
    [property: Description("1: cells that a spreadsheet may take for formulas are left as they are.")] string? Raw,
    [property: Description("Columns in the order wanted, parted by commas; docs/exports.md lists them.")]
    string? Columns = null)
{
    public bool IsRaw => Raw is "1" or "true";
}

/// <summary>A file to be written row by row.</summary>
/// <param name="Name">Short, for the access log: <c>calls.csv</c>.</param>
/// <param name="Sql">Its columns are what <paramref name="Write"/> reads; in a fixed order, for the same bytes.</param>
/// <param name="Write">Writes the cells of one row.</param>
public sealed record CsvExport(
    string Name, string FileName, IReadOnlyList<string> Columns, Selection Selection, string Sql,
    Action<CsvSheet, NpgsqlDataReader> Write)
{
    /// <summary>Version of the form that docs/exports.md describes.</summary>
    public const string Format = "csv/1";

    /// <summary>Adds what a row has to the totals of a manifest.</summary>
    public Action<CsvTotals, NpgsqlDataReader> Add { get; init; } = (_, _) => { };

    /// <summary><c>telnyx-calls-2026-10-31.csv</c>: named by the last day of the range in its zone.</summary>
    /// <param name="until">The range's end, exclusive; as asked, or null.</param>
    public static string FileNameOf(string what, string? until, DateTimeZone zone, Instant now)
    {
        var end = until is { Length: > 0 } ? AskedTime.Parse(until, zone) ?? now : now;
        return $"telnyx-{what}-{(end - Duration.Epsilon).InZone(zone).Date:uuuu-MM-dd}.csv";
    }
}
