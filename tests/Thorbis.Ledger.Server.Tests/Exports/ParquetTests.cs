using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using NodaTime;
using Parquet;
using Parquet.Schema;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

[Collection<ExportJobTests>]
public sealed class ParquetTests(ExportJobHost ledger)
{
    private const string March = "from=2026-03-01&to=2026-04-01";

    [Theory]
    [InlineData("calls", $"?{March}")]
    [InlineData("calls", $"?{March}&columns=wait_seconds,carrier_cost,origin,call_id,usage_at,internal")]
    [InlineData("cost-lines", $"?{March}")]
    [InlineData("messages", $"?{March}")]
    [InlineData("usage", $"?{March}")]
    [InlineData("usage-series", $"?{March}&by=week")]
    [InlineData("budgets", "?")]
    public async Task A_parquet_file_reads_back_to_what_the_csv_says(string export, string query)
    {
        var clerk = await ClerkAsync();

        var csv = (await clerk.GetAsync($"exports/{export}.csv{query}&zone=UTC&raw=1")).Is(200);
        var parquet = (await clerk.GetAsync($"exports/{export}.parquet{query}&zone=UTC")).Is(200);

        var lines = csv.Content.Split("\r\n")[..^1].Select(line => Cells(line)).ToList();
        Assert.True(lines.Count > 1, "The file is empty.");
        Assert.Equal(lines, await ReadAsync(parquet.Bytes));
        Assert.Equal(
            ("application/vnd.apache.parquet", Path.ChangeExtension(csv.FileName, "parquet")),
            (parquet.ContentType, parquet.FileName));
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("cost-lines")]
    public async Task The_direct_file_the_file_of_a_job_and_both_manifests_have_the_same_bytes(string export)
    {
        var clerk = await ClerkAsync();
        var job = await ExportJobHost.AskAsync(clerk, export, $"?{March}&format=parquet");
        await ledger.WriteAsync();

        var direct = (await clerk.GetAsync($"exports/{export}.parquet?{March}")).Is(200);
        var file = (await clerk.GetAsync($"{job}/file")).Is(200);
        var manifest = (await clerk.GetAsync($"exports/{export}.parquet.manifest.json?{March}")).Is(200);
        var done = (await clerk.GetAsync(job)).Is(200).Body.GetProperty("manifest");

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(direct.Bytes));
        Assert.Equal(direct.Bytes, file.Bytes);
        Assert.Equal((sha256, "parquet/1", direct.FileName), (
            manifest.Text("sha256"), manifest.Text("format"), file.FileName));
        Assert.Equal(sha256, done.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Groups_of_rows_are_of_bounded_size_and_hold_every_row()
    {
        var company = await ledger.CompanyAsync();
        await ledger.FillAsync(company, calls: 41_000);
        var clerk = await ledger.MemberAsync(company, Role.Billing);

        var file = (await clerk.GetAsync($"exports/calls.parquet?{March}&columns=call_id")).Is(200);

        await using var reader = await OpenAsync(file.Bytes);
        Assert.Equal([20_000, 20_000, 1_000], reader.RowGroups.Select(group => (int)group.RowCount));
        Assert.Equal(41_001, (await ReadAsync(file.Bytes)).Select(cells => cells[0]).Distinct().Count());
    }

    [Fact]
    public async Task An_unknown_column_is_422_and_who_may_not_take_files_gets_none()
    {
        var company = await ledger.CompanyAsync();
        var clerk = await ledger.MemberAsync(company, Role.Billing);

        (await clerk.GetAsync("exports/cost-lines.parquet?columns=colour")).IsProblem(422, "invalid");
        (await (await ledger.MemberAsync(company, Role.Manager)).GetAsync("exports/calls.parquet"))
            .IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("0.000000000000000001")]
    [InlineData("-99999999999999999999")]
    [InlineData("12345678901.123456789012345678")]
    [InlineData("0.0000000000000000001")]
    [InlineData("100000000000000000000")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("0.1234567890123456789012345678")]
    public async Task No_amount_loses_a_digit(string amount)
    {
        var bytes = await WriteAsync([new("amount", CellKind.Amount)], 1, (sheet, _) =>
            sheet.Amount(decimal.Parse(amount, CultureInfo.InvariantCulture)));

        await using var reader = await OpenAsync(bytes);
        var (amounts, texts) = (new decimal?[1], new string?[1]);
        await reader.RowGroups[0].ReadAsync<decimal>(
            reader.Schema.DataFields[0], amounts.AsMemory(), null, TestContext.Current.CancellationToken);
        await reader.RowGroups[0].ReadAsync(
            reader.Schema.DataFields[1], texts.AsMemory()!, null, TestContext.Current.CancellationToken);
        Assert.Equal("amount_text", reader.Schema.DataFields[1].Name);
        Assert.Equal(amount, amounts[0]?.ToString(CultureInfo.InvariantCulture) ?? texts[0]);
        Assert.True(amounts[0] is null ^ texts[0] is null);
    }

    [Fact]
    public async Task A_group_ends_where_its_texts_are_long_enough_and_an_empty_file_has_its_columns()
    {
        var text = new string('x', ParquetSheet.GroupTextMax / 2);

        var longOnes = await WriteAsync([new("text", CellKind.Text)], 5, (sheet, _) => sheet.Text(text));
        var empty = await WriteAsync([new("at", CellKind.Time), new("text", CellKind.Text)], 0, (_, _) => { });

        await using var reader = await OpenAsync(longOnes);
        Assert.Equal([2, 2, 1], reader.RowGroups.Select(group => (int)group.RowCount));
        Assert.Equal(["at,text"], (await ReadAsync(empty)).Select(cells => string.Join(',', cells)));
    }

    /// <summary>Of a company with a bit of everything.</summary>
    private async Task<Caller> ClerkAsync()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromMilliseconds(1));
        await traffic.AnsweredCallAsync(Telnyx.Noon, from: "sip:=1+1@x");
        await traffic.OpenCallAsync(Telnyx.Noon);
        await traffic.MessageAsync(Telnyx.Noon, "x", "+14155550101", "+14155550102");
        var clerk = await traffic.AsAsync(Role.Billing);
        var budget = new { name = "=a", source = "carrier", limit = 12.5m, currency = "USD" };
        (await clerk.PostAsync("budgets", budget)).Is(201);
        await traffic.Telnyx.SettleAsync();
        return clerk;
    }

    private static async Task<byte[]> WriteAsync(ExportHead[] columns, int rows, Action<ISheet, int> write)
    {
        using var bytes = new MemoryStream();
        var output = PipeWriter.Create(bytes);
        var sheet = new ParquetSheet(output, columns);
        for (var row = 0; row < rows; row++)
        {
            write(sheet, row);
            await sheet.EndRowAsync(TestContext.Current.CancellationToken);
        }
        await sheet.EndAsync(TestContext.Current.CancellationToken);
        await output.CompleteAsync();
        return bytes.ToArray();
    }

    private static Task<ParquetReader> OpenAsync(byte[] bytes) => ParquetReader.CreateAsync(
        new MemoryStream(bytes), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The header and every row, each cell as CSV has it; what no decimal holds is not there.</summary>
    private static async Task<List<string[]>> ReadAsync(byte[] bytes)
    {
        await using var reader = await OpenAsync(bytes);
        var fields = reader.Schema.DataFields;
        var rows = new List<string[]>();
        foreach (var group in reader.RowGroups)
        {
            var columns = new List<string[]>();
            foreach (var field in fields)
            {
                columns.Add(await TextsAsync(group, field));
            }
            rows.AddRange(Enumerable.Range(0, (int)group.RowCount)
                .Select(row => columns.Select(column => column[row]).ToArray()));
        }
        var amounts = fields.Select((field, i) => (field.Name, i))
            .Where(field => fields.Any(other => field.Name == other.Name + ParquetAmounts.TextSuffix)).ToList();
        Assert.All(rows, row => Assert.All(amounts, amount => Assert.Equal("", row[amount.i])));
        return
        [
            .. rows.Prepend([.. fields.Select(field => field.Name)])
                .Select(row => row.Where((_, i) => amounts.All(amount => amount.i != i)).ToArray()),
        ];
    }

    private static async Task<string[]> TextsAsync(ParquetRowGroupReader group, DataField field)
    {
        var times = new ZonedText(DateTimeZone.Utc);
        if (field is DecimalDataField)
        {
            return [.. (await ValuesAsync<decimal>(group, field)).Select(value => Trimmed(value) ?? "")];
        }
        if (field is DateTimeDataField)
        {
            return [.. (await ValuesAsync<DateTime>(group, field)).Select(value =>
                value is { } at ? times.Format(Instant.FromDateTimeUtc(at)) : "")];
        }
        if (field.ClrType == typeof(long))
        {
            return [.. (await ValuesAsync<long>(group, field)).Select(value => $"{value}")];
        }
        if (field.ClrType == typeof(bool))
        {
            return [.. (await ValuesAsync<bool>(group, field)).Select(value => value is true ? "true" : "false")];
        }
        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory()!, null, TestContext.Current.CancellationToken);
        return [.. texts.Select(text => text ?? "")];
    }

    private static async Task<TValue?[]> ValuesAsync<TValue>(ParquetRowGroupReader group, DataField field)
        where TValue : struct
    {
        var values = new TValue?[group.RowCount];
        await group.ReadAsync<TValue>(field, values.AsMemory(), null, TestContext.Current.CancellationToken);
        return values;
    }

    /// <summary>A line's cells; a number without the zeros that a column of one scale cannot keep apart.</summary>
    private static string[] Cells(string line)
    {
        Assert.DoesNotContain('"', line);
        return [.. line.Split(',').Select(cell => cell.Contains('.') && decimal.TryParse(
            cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? Trimmed(number)! : cell)];
    }

    private static string? Trimmed(decimal? number) =>
        number?.ToString("0.############################", CultureInfo.InvariantCulture);
}
