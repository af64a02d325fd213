using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Rating;

/// <summary>The rows of a deck as CSV: one row a line; docs/exports.md says what each column holds.</summary>
internal static class DeckCsv
{
    /// <summary>Of bad lines told of at once.</summary>
    private const int ToldMost = 100;

    private static readonly string[] Columns =
    [
        "service", "unit", "prefix", "number_type", "price", "first_increment", "increment", "minimum", "connect_fee",
    ];

    private static readonly string[] Required = ["service", "unit", "price"];

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        DetectColumnCountChanges = true,
        MissingFieldFound = null,
    };

    public static async Task WriteAsync(CsvSheet sheet, IEnumerable<RateRow> rows, CancellationToken stop)
    {
        sheet.Header(Columns);
        foreach (var row in rows)
        {
            sheet.Plain(Words.Of(row.Service));
            sheet.Plain(Words.Of(row.Unit));
            sheet.Text(row.Prefix);
            sheet.Text(row.NumberType);
            sheet.Amount(row.Price);
            sheet.Integer(row.FirstIncrement);
            sheet.Integer(row.Increment);
            sheet.Integer(row.Minimum);
            sheet.Amount(row.ConnectFee);
            await sheet.EndRowAsync(stop);
        }
    }

    /// <summary>The rows, or every line that cannot be taken: a file is taken whole or not at all.</summary>
    public static async Task<(IReadOnlyList<RateRow> Rows, IReadOnlyList<BadLine> Refused)> ReadAsync(
        Stream file, CancellationToken stop)
    {
        using var csv = new CsvReader(new StreamReader(file), Format);
        var (rows, lines, refused) = (new List<RateRow>(), new List<int>(), new List<BadLine>());
        try
        {
            if (!await csv.ReadAsync().WaitAsync(stop) || !csv.ReadHeader() || CheckHeader(csv, refused))
            {
                return (rows, refused.Count > 0 ? refused : [new(1, "line", "The file is empty.")]);
            }
            while (rows.Count <= RateDeckDecider.RowsMax && await csv.ReadAsync().WaitAsync(stop))
            {
                if (Row(csv, refused) is { } row)
                {
                    rows.Add(row);
                    lines.Add(csv.Parser.RawRow);
                }
            }
        }
        catch (CsvHelperException torn)
        {
            refused.Add(new(csv.Parser.RawRow, "line", Reason(torn)));
        }
        refused.AddRange(RateDeckDecider.Check(rows).Select(bad =>
            new BadLine(lines[bad.Row], Column(bad.Why.Field ?? "line"), bad.Why.Detail)));
        return (rows, [.. refused.OrderBy(bad => bad.Line)]);
    }

    /// <summary>422 with every bad line, up to a hundred.</summary>
    public static IResult Refused(IReadOnlyList<BadLine> refused) => BadLine.Refuse(refused, ToldMost);

    private static bool CheckHeader(CsvReader csv, List<BadLine> refused)
    {
        var names = csv.HeaderRecord ?? [];
        refused.AddRange(Required.Except(names).Select(name => new BadLine(1, name, "The column is missing.")));
        refused.AddRange(names.Except(Columns).Select(name => new BadLine(1, name, "There is no such column.")));
        refused.AddRange(names.GroupBy(name => name).Where(same => same.Count() > 1)
            .Select(same => new BadLine(1, same.Key, "The column occurs twice.")));
        return refused.Count > 0;
    }

    private static RateRow? Row(CsvReader csv, List<BadLine> refused)
    {
        var (line, before) = (new CsvLine(csv, refused), refused.Count);
        var row = new RateRow(
            line.Word<Service>("service"), line.Word<RateUnit>("unit"), line.Amount("price", otherwise: null),
            line.Text("prefix"), line.Text("number_type"), line.Whole("first_increment", 60),
            line.Whole("increment", 60), line.Whole("minimum", 0), line.Amount("connect_fee", otherwise: 0));
        return refused.Count == before ? row : null;
    }

    private static string Column(string field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field);

    private static string Reason(CsvHelperException torn) => torn is BadDataException
        ? "The quotes do not fit."
        : "The line has more or fewer cells than the header.";
}
