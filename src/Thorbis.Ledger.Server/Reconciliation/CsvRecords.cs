using System.Text;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Records as CSV: RFC 4180 with a header, UTF-8 (UTF-16 with its mark), whatever the line ends.</summary>
internal static class CsvRecords
{
    private const int BufferLength = 64 * 1024;

    public static async Task ReadAsync(Stream file, RecordImport import, CancellationToken stop)
    {
        using var text = new StreamReader(
            file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferLength, leaveOpen: true);
        var csv = new CsvRows(text);
        try
        {
            if (await csv.ReadAsync(stop))
            {
                import.Begin(csv.Texts());
            }
            if (import.Columns.Check().Count == 0)
            {
                await RowsAsync(csv, import, stop);
            }
        }
        catch (TornCsvException torn)
        {
            import.Refuse(csv.Line + 1, "line", torn.Message);
        }
    }

    private static async Task RowsAsync(CsvRows csv, RecordImport import, CancellationToken stop)
    {
        var (places, count) = (import.Columns.Read, import.Columns.Names.Count);
        var cells = new string?[count];
        while (import.TakesMore && await csv.ReadAsync(stop))
        {
            if (csv.Count != count)
            {
                import.Refuse(csv.Line, "line", $"The line has {csv.Count} cells, the header {count}.");
                continue;
            }
            for (var i = 0; i < places.Count; i++)
            {
                cells[places[i]] = csv.Text(places[i], cells[places[i]]);
            }
            await import.AddAsync(csv.Line, cells, stop);
        }
    }
}
