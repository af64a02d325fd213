using System.Globalization;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using Thorbis.Ledger.Server.Reconciliation;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

public sealed class CsvRowsTests
{
    private static readonly Gen<string> Cells = Gen.OneOf(
        Gen.Const(""), Gen.Const("a"), Gen.Const("x,y"), Gen.Const("say \"so\""), Gen.Const("two\nlines"),
        Gen.Const("\r\n"), Gen.Const("\"\"\""), Gen.Char['a', 'z'].Array[1, 40].Select(text => new string(text)),
        Gen.Int[1, 2].Select(times => new string('l', times * 30_000)));

    private static readonly Gen<string[][]> Rows =
        Gen.Int[1, 5].SelectMany(columns => Cells.Array[columns].Array[1, 12]);

    [Fact]
    public Task What_another_program_writes_is_read_as_it_was_however_the_bytes_come() =>
        Gen.Select(Rows, Gen.OneOf("\n", "\r\n", "\r"), Gen.Int[1, 7_000]).SampleAsync(
            async (rows, lineEnd, chunk) =>
            {
                // A row of one empty cell is a blank line, and no row.
                var told = rows.Where(row => row is not [""]).Select(row => string.Join('|', row.Select(Trimmed)));
                Assert.Equal(told, await ReadAsync(Written(rows, lineEnd), chunk));
            },
            iter: 200, threads: 1);

    [Theory]
    [InlineData("a,b\n1,2", "1:a|b 2:1|2")]
    [InlineData("a,b\r\n\r\n 1 ,2\r\n", "1:a|b 3:1|2")]
    [InlineData("a,\n,b,\n", "1:a| 2:|b|")]
    [InlineData("a\r\"b\nc\",\"\"\rd", "1:a 3:b\nc| 4:d")]
    [InlineData("\n\n", "")]
    [InlineData("", "")]
    [InlineData("a,", "1:a|")]
    [InlineData("\"a\"\"b\"", "1:a\"b")]
    public async Task Rows_are_told_with_the_line_they_end_on(string text, string rows)
    {
        for (var chunk = 1; chunk < 6; chunk++)
        {
            Assert.Equal(rows, string.Join(' ', await ReadAsync(text, chunk, numbered: true)));
        }
    }

    [Theory]
    [InlineData("a\n\"b\"c\n")]
    [InlineData("a\nb\"c\n")]
    [InlineData("a\n\"b\n")]
    [InlineData("a\n \"b\"\n")]
    public async Task Quotes_that_do_not_fit_are_refused(string text)
    {
        for (var chunk = 1; chunk < 6; chunk++)
        {
            await Assert.ThrowsAsync<TornCsvException>(() => ReadAsync(text, chunk));
        }
    }

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public async Task A_cell_of_more_than_64_k_is_refused(int length, bool taken)
    {
        var reading = ReadAsync($"a,{new string('x', length)},b\n", 5_000);

        Assert.Equal(taken, await Record.ExceptionAsync(() => reading) is null);
    }

    private static string Trimmed(string cell) => cell.Trim();

    private static string Written(string[][] rows, string lineEnd)
    {
        using var text = new StringWriter();
        var format = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = lineEnd,
            // Left alone it quotes the ends of its own lines only.
            ShouldQuote = cell => cell.Field is { } field && field.AsSpan().ContainsAny(",\"\r\n"),
        };
        using (var csv = new CsvWriter(text, format))
        {
            foreach (var row in rows)
            {
                Array.ForEach(row, csv.WriteField);
                csv.NextRecord();
            }
        }
        return text.ToString();
    }

    private static async Task<List<string>> ReadAsync(string text, int chunk, bool numbered = false)
    {
        var csv = new CsvRows(new Trickle(text, chunk));
        var rows = new List<string>();
        while (await csv.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add((numbered ? $"{csv.Line}:" : "") + string.Join('|', csv.Texts()));
        }
        return rows;
    }

    /// <summary>Gives so many characters at a time.</summary>
    private sealed class Trickle(string text, int chunk) : TextReader
    {
        private int at;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            var next = text.AsMemory(at, Math.Min(Math.Min(chunk, buffer.Length), text.Length - at));
            next.CopyTo(buffer);
            at += next.Length;
            return new(next.Length);
        }
    }
}
