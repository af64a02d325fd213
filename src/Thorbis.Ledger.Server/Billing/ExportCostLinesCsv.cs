using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Every column of every cost line; docs/exports.md says what each holds.</summary>
public static class ExportCostLinesCsv
{
    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapGet("/cost-lines.csv", GetAsync).Allow(Permissions.Export)
            .WithName("ExportCostLinesCsv")
            .WithSummary("Cost lines as CSV, in the order of the ledger.")
            .WithDescription("RFC 4180, UTF-8, streamed. Lines are never edited: what was there keeps its bytes.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet("/cost-lines.manifest.json", GetManifestAsync).Allow(Permissions.Export)
            .WithName("DescribeCostLinesCsv")
            .WithSummary("What cost-lines.csv holds for the same query: rows, totals, hash.")
            .Produces<CsvManifest>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Of a line, in the file's order.</summary>
    internal static CsvColumn[] Columns(ZonedText times) =>
    [
        CsvColumn.Word("line_id", "seq || '-' || ordinal"),
        CsvColumn.Word("kind"),
        CsvColumn.Word("source"),
        CsvColumn.Word("service"),
        CsvColumn.Text("stream"),
        CsvColumn.Text("charge"),
        CsvColumn.Text("number"),
        CsvColumn.Text("party"),
        CsvColumn.Word("direction"),
        CsvColumn.Word("country"),
        CsvColumn.Text("cost_centre"),
        CsvColumn.Time("occurred_at", times),
        CsvColumn.Word("unit"),
        CsvColumn.Integer("quantity", summed: false),
        CsvColumn.Integer("billed_quantity", summed: false),
        new("unit_price", ["unit_price"], (sheet, row, at) => sheet.Amount(row.Value<decimal>(at))),
        // Carrier and deck are never added together: their totals stand apart, by currency.
        new("amount", ["amount", "currency", "source"], (sheet, row, at) => sheet.Amount(row.GetDecimal(at)))
        {
            Amount = (row, at) => new(
                row.GetDecimal(at), $"{row.GetString(at + 2)} {row.GetString(at + 1)}".TrimEnd()),
        },
        CsvColumn.Text("currency"),
        CsvColumn.Word("deck", "case when source = 'deck' then coalesce(deck, 'default') end"),
        CsvColumn.Integer("deck_version", summed: false),
        CsvColumn.Text("rate"),
        CsvColumn.Text("part"),
        CsvColumn.Word("facts", "replace(facts, ',', ' ')"),
    ];

    private static Task<IResult> GetAsync(
        [AsParameters] CostLineFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(ask, Export(filter, ask));

    private static Task<IResult> GetManifestAsync(
        [AsParameters] CostLineFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.DescribeAsync(ask, Export(filter, ask));

    private static Exporting.Build Export(CostLineFilter filter, ExportAsk ask) => (selection, zone, now) =>
    {
        filter.Apply(selection, zone);
        return Columns(new(zone)).Chosen(ask.Columns, selection).Export(
            "cost-lines.csv", CsvExport.FileNameOf("cost-lines", filter.To, zone, now), selection,
            $"from ledger.cost_line where {selection.Sql} order by seq, ordinal");
    };
}
