using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Which columns of a file are written, in which order, and how its rows are.</summary>
public static class ExportColumns
{
    /// <summary>Sorting a large range may come before the first row.</summary>
    private const int CommandSeconds = 300;

    /// <summary>Those asked for, in that order; or those that the file has by itself.</summary>
    /// <param name="asked">Names, parted by commas; null or empty when nothing is asked.</param>
    /// <param name="selection">Refuses a name that is not known, or comes twice.</param>
    public static IReadOnlyList<ExportColumn<TRow>> Chosen<TRow>(
        this IReadOnlyList<ExportColumn<TRow>> known, string? asked, Selection selection)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return [.. known.Where(column => !column.OnRequest)];
        }
        var chosen = new List<ExportColumn<TRow>>();
        foreach (var name in asked.Split(','))
        {
            if (known.FirstOrDefault(column => column.Name == name) is not { } column)
            {
                selection.Refuse("columns", $"There is no column '{name}'. There are: {Names(known)}.");
                break;
            }
            if (chosen.Contains(column))
            {
                selection.Refuse("columns", $"The column '{name}' is asked for twice.");
                break;
            }
            chosen.Add(column);
        }
        return chosen;
    }

    /// <summary>Rows of these columns, read out of the database one by one.</summary>
    /// <param name="source">What follows <c>select</c> and the columns: tables, conditions, a fixed order.</param>
    public static ExportRows Rows(
        this IReadOnlyList<ExportColumn<NpgsqlDataReader>> columns, Selection selection, string source)
    {
        var sql = $"select {string.Join(", ", columns.SelectMany(column => column.Sql))} {source}";
        var write = Writing(columns);
        return (connection, sheet, totals, stop) =>
            ReadAsync(connection, selection, sql, row => write(sheet, row, totals), sheet, stop);
    }

    /// <summary>Rows of these columns that are in memory at once; few.</summary>
    public static ExportRows Rows<TRow>(
        this IReadOnlyList<ExportColumn<TRow>> columns,
        Func<NpgsqlConnection, CancellationToken, Task<IEnumerable<TRow>>> read)
    {
        var write = Writing(columns);
        return async (connection, sheet, totals, stop) =>
        {
            foreach (var row in await read(connection, stop))
            {
                write(sheet, row, totals);
                await sheet.EndRowAsync(stop);
            }
        };
    }

    /// <summary>Rows of these columns that come one by one.</summary>
    public static ExportRows Rows<TRow>(
        this IReadOnlyList<ExportColumn<TRow>> columns,
        Func<NpgsqlConnection, CancellationToken, IAsyncEnumerable<TRow>> read)
    {
        var write = Writing(columns);
        return async (connection, sheet, totals, stop) =>
        {
            await foreach (var row in read(connection, stop))
            {
                write(sheet, row, totals);
                await sheet.EndRowAsync(stop);
            }
        };
    }

    /// <summary>Reads rows and has each written.</summary>
    /// <param name="sql">In a fixed order, for the same bytes.</param>
    public static async Task ReadAsync(
        NpgsqlConnection connection, Selection selection, string sql, Action<NpgsqlDataReader> write, ISheet sheet,
        CancellationToken stop)
    {
        await using var command = selection.Command(connection, sql);
        command.CommandTimeout = CommandSeconds;
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            write(rows);
            await sheet.EndRowAsync(stop);
        }
    }

    private static Action<ISheet, TRow, ExportTotals?> Writing<TRow>(IReadOnlyList<ExportColumn<TRow>> columns)
    {
        var places = columns.Select((_, i) => columns.Take(i).Sum(before => before.Sql.Count)).ToArray();
        return (sheet, row, totals) =>
        {
            for (var i = 0; i < columns.Count; i++)
            {
                columns[i].Write(sheet, row, places[i]);
                totals?.Add(columns[i].Name, columns[i].Amount?.Invoke(row, places[i]));
            }
        };
    }

    private static string Names<TRow>(IReadOnlyList<ExportColumn<TRow>> known) =>
        string.Join(", ", known.Select(column => column.Name));
}
