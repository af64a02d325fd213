using System.Globalization;
using System.IO.Pipelines;
using NodaTime;
using Thorbis.Ledger.Server.Exports;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

/// <summary>Measures the memory of the process: nothing may run beside it.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MemoryTests;

[Collection<MemoryTests>]
public sealed class FlatSheetTests
{
    private const int Few = 3 * ParquetSheet.GroupRowsMax;
    private const int Many = 15 * ParquetSheet.GroupRowsMax;
    private const long BytesMax = 1_000_000;

    private static readonly ExportHead[] Columns =
    [
        new("id", CellKind.Text), new("at", CellKind.Time), new("parts", CellKind.Integer),
        new("internal", CellKind.Flag), new("cost", CellKind.Amount), new("talk", CellKind.Seconds),
    ];

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public async Task What_a_file_holds_in_memory_does_not_grow_with_its_rows(string format)
    {
        var file = new ExportFile("calls", "calls", Columns, (_, _, _, _) => Task.CompletedTask);
        var order = new ExportOrder(file, ExportFormat.Asked(format)!, DateTimeZone.Utc, false, Instant.MinValue);
        var sheet = order.Open(PipeWriter.Create(Stream.Null));

        await WriteAsync(sheet, Few);
        var few = GC.GetTotalMemory(forceFullCollection: true);
        await WriteAsync(sheet, Many);
        var many = GC.GetTotalMemory(forceFullCollection: true);

        Assert.Equal(Many, sheet.Rows);
        Assert.True(many - few < BytesMax, $"{many - few} bytes more for {Many - Few} rows more.");
        await sheet.EndAsync(TestContext.Current.CancellationToken);
    }

    private static async Task WriteAsync(ISheet sheet, int rows)
    {
        while (sheet.Rows < rows)
        {
            sheet.Text("call-" + sheet.Rows.ToString(CultureInfo.InvariantCulture));
            sheet.Time(1_772_000_000_000_000 + sheet.Rows);
            sheet.Integer(sheet.Rows);
            sheet.Flag(sheet.Rows % 2 == 0);
            sheet.Amount(sheet.Rows * 0.0001m);
            sheet.Seconds(sheet.Rows * 1_000_001);
            await sheet.EndRowAsync(TestContext.Current.CancellationToken);
        }
    }
}
