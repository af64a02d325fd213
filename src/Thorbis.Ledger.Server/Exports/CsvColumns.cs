using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>Which columns of a file are written, and in which order.</summary>
public static class CsvColumns
{
    /// <summary>Those asked for, in that order; or those that the file has by itself.</summary>
    /// <param name="asked">Names, parted by commas; null or empty when nothing is asked.</param>
    /// <param name="selection">Refuses a name that is not known, or comes twice.</param>
    public static IReadOnlyList<CsvColumn> Chosen(
        this IReadOnlyList<CsvColumn> known, string? asked, Selection selection)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return [.. known.Where(column => !column.OnRequest)];
        }
        var chosen = new List<CsvColumn>();
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

    /// <summary>A file of these columns.</summary>
    /// <param name="source">What follows <c>select</c> and the columns: tables, conditions, a fixed order.</param>
    public static CsvExport Export(
        this IReadOnlyList<CsvColumn> columns, string name, string fileName, Selection selection, string source)
    {
        var places = columns.Select((_, i) => columns.Take(i).Sum(before => before.Sql.Count)).ToArray();
        return new(
            name, fileName, [.. columns.Select(column => column.Name)], selection,
            $"select {string.Join(", ", columns.SelectMany(column => column.Sql))} {source}",
            (sheet, row) =>
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    columns[i].Write(sheet, row, places[i]);
                }
            })
        {
            Add = (totals, row) =>
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    totals.Add(columns[i].Name, columns[i].Amount?.Invoke(row, places[i]));
                }
            },
        };
    }

    private static string Names(IReadOnlyList<CsvColumn> known) =>
        string.Join(", ", known.Select(column => column.Name));
}
