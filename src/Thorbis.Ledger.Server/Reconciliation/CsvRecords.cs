using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Records as CSV: RFC 4180 with a header, UTF-8 (UTF-16 with its mark), whatever the line ends.</summary>
internal static class CsvRecords
{
    private const int BufferLength = 64 * 1024;

    // A quote that is never closed would else take the rest of the file for one cell.
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        BufferSize = BufferLength,
        MaxFieldSize = BufferLength,
    };

    public static async Task ReadAsync(Stream file, RecordImport import, CancellationToken stop)
    {
        using var text = new StreamReader(
            file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferLength, leaveOpen: true);
        using var csv = new CsvParser(text, Format);
        try
        {
            if (await csv.ReadAsync())
            {
                import.Begin(csv.Record!);
            }
            if (import.Columns.Check().Count == 0)
            {
                await RowsAsync(csv, import, stop);
            }
        }
        catch (CsvHelperException torn)
        {
            import.Refuse(csv.RawRow, "line", torn is BadDataException
                ? "The quotes do not fit."
                : $"A cell is longer than {BufferLength} characters; a quote may not be closed.");
        }
    }

    private static async Task RowsAsync(CsvParser csv, RecordImport import, CancellationToken stop)
    {
        var (places, count) = (import.Columns.Read, import.Columns.Names.Count);
        var cells = new string?[count];
        while (import.TakesMore && await csv.ReadAsync())
        {
            if (csv.Count != count)
            {
                import.Refuse(csv.RawRow, "line", $"The line has {csv.Count} cells, the header {count}.");
                continue;
            }
            for (var i = 0; i < places.Count; i++)
            {
                cells[places[i]] = csv[places[i]].Trim();
            }
            await import.AddAsync(csv.RawRow, cells, stop);
        }
    }
}
