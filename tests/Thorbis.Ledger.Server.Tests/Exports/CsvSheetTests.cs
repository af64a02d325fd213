using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using NodaTime;
using Thorbis.Ledger.Server.Exports;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

public sealed class CsvSheetTests
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        IgnoreBlankLines = false,
    };

    [Fact]
    public void A_file_reads_back_to_what_was_written() =>
        Gen.Select(Hostile.Text.Array[2, 4].Array[1, 6], Gen.Bool).Sample((rows, raw) =>
        {
            var read = Read(Write(raw, rows));
            return read.Count == rows.Length && read.Zip(rows).All(pair => pair.First
                .Select(cell => raw ? cell : Defusing.Restore(cell)).SequenceEqual(pair.Second));
        });

    [Fact]
    public void Cells_are_quoted_where_RFC_4180_asks_for_it_and_lines_end_in_CRLF() => Assert.Equal(
        "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",plain\r\n",
        Write(raw: false, ["a,b", "say \"hi\"", "two\r\nlines", "plain"]));

    [Fact]
    public void Numbers_and_unknowns_are_written_without_needless_digits()
    {
        var text = Written(raw: false, sheet =>
        {
            sheet.Seconds(0);
            sheet.Seconds(57_500_000);
            sheet.Seconds(5_000_000_000_001);
            sheet.Seconds(null);
            sheet.Integer(4096);
            sheet.Integer(null);
            sheet.Amount(0.0100m);
            sheet.Amount(null);
            sheet.Flag(true);
            sheet.Text(null);
        });

        Assert.Equal("0,57.5,5000000.000001,,4096,,0.0100,,true,\r\n", text);
    }

    private static string Write(bool raw, params string[][] rows) => string.Concat(
        rows.Select(row => Written(raw, sheet => Array.ForEach(row, sheet.Text))));

    private static string Written(bool raw, Action<CsvSheet> write)
    {
        using var bytes = new MemoryStream();
        var output = PipeWriter.Create(bytes);
        using (var sheet = new CsvSheet(output, DateTimeZone.Utc, raw))
        {
            write(sheet);
            var ended = sheet.EndRowAsync(CancellationToken.None);
            Assert.True(ended.IsCompletedSuccessfully);
        }
        output.Complete();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static List<string[]> Read(string text)
    {
        using var reader = new CsvParser(new StringReader(text), Format);
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add(reader.Record!);
        }
        return rows;
    }
}
