using System.ComponentModel;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>How a file is written.</summary>
public sealed record ExportAsk
{
    [Description("IANA zone of the times, and of bounds that are dates; the company's when left out.")]
    public string? Zone { get; init; }

    [Description("1: cells that a spreadsheet may take for formulas are left as they are.")]
    public string? Raw { get; init; }

    [Description("Columns in the order wanted, parted by commas; docs/exports.md lists them.")]
    public string? Columns { get; init; }

    public bool IsRaw => Raw is "1" or "true";
}

/// <summary>Writes a file's rows, each ended, in a fixed order; adds up where there are totals.</summary>
public delegate Task ExportRows(
    NpgsqlConnection connection, ISheet sheet, ExportTotals? totals, CancellationToken stop);

/// <summary>A file to be written row by row.</summary>
/// <param name="Name">Short: <c>calls</c>.</param>
/// <param name="FileName">As browsers save it, without its form.</param>
public sealed record ExportFile(string Name, string FileName, IReadOnlyList<ExportHead> Columns, ExportRows Rows)
{
    /// <summary>How far what it is read from is, as an expression.</summary>
    public string AsOfSql { get; init; } = ReadModelProgress.Sql;
}

/// <summary>What one asking for an export is about.</summary>
/// <param name="Export">Its name.</param>
/// <param name="Columns">As asked, or null.</param>
/// <param name="Selection">Of the company's rows; refuses what cannot be taken as it is.</param>
/// <param name="Zone">Of times, and of bounds that are dates.</param>
/// <param name="Home">The company's own.</param>
public sealed record ExportScope(
    string Export, string Company, string? Columns, Selection Selection, DateTimeZone Zone, DateTimeZone Home,
    Instant Now)
{
    /// <summary>Reads what changed, for files that tell of it.</summary>
    internal TrailReader? Trail { get; init; }

    /// <summary>A file of rows out of the database.</summary>
    /// <param name="until">The range's end, exclusive; as asked, or null.</param>
    /// <param name="source">What follows <c>select</c> and the columns: tables, conditions, a fixed order.</param>
    public ExportFile File(IReadOnlyList<ExportColumn<NpgsqlDataReader>> known, string? until, string source)
    {
        var chosen = known.Chosen(Columns, Selection);
        return File(chosen, until, chosen.Rows(Selection, source));
    }

    /// <summary>A file of rows in memory.</summary>
    public ExportFile File<TRow>(
        IReadOnlyList<ExportColumn<TRow>> known, string? until,
        Func<NpgsqlConnection, CancellationToken, Task<IEnumerable<TRow>>> read)
    {
        var chosen = known.Chosen(Columns, Selection);
        return File(chosen, until, chosen.Rows(read));
    }

    /// <summary>A file of rows that come one by one.</summary>
    internal ExportFile File<TRow>(
        IReadOnlyList<ExportColumn<TRow>> known, string? until,
        Func<NpgsqlConnection, CancellationToken, IAsyncEnumerable<TRow>> read)
    {
        var chosen = known.Chosen(Columns, Selection);
        return File(chosen, until, chosen.Rows(read));
    }

    private ExportFile File<TRow>(IReadOnlyList<ExportColumn<TRow>> chosen, string? until, ExportRows rows) =>
        new(Export, $"telnyx-{Export}-{LastDay(until):uuuu-MM-dd}",
            [.. chosen.Select(column => new ExportHead(column.Name, column.Kind))], rows);

    private LocalDate LastDay(string? until)
    {
        var end = until is { Length: > 0 } ? AskedTime.Parse(until, Zone) ?? Now : Now;
        return (end - Duration.Epsilon).InZone(Zone).Date;
    }
}
