using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Every column of every cost line; docs/exports.md says what each holds.</summary>
public static class ExportCostLinesCsv
{
    internal static readonly string[] Columns =
    [
        "line_id", "kind", "source", "service", "stream", "charge", "number", "party", "direction", "country",
        "cost_centre", "occurred_at", "unit", "quantity", "billed_quantity", "unit_price", "amount", "currency",
        "deck_version", "rate", "part", "facts",
    ];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/exports/cost-lines.csv", GetAsync)
        .Allow(Permissions.Export)
        .WithName("ExportCostLinesCsv")
        .WithSummary("Cost lines as CSV, in the order of the ledger.")
        .WithDescription("RFC 4180, UTF-8, streamed. Lines are never edited: what was there keeps its bytes.")
        .WithTags("Exports")
        .Produces(StatusCodes.Status200OK, contentType: "text/csv")
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> GetAsync(
        [AsParameters] CostLineFilter filter, [AsParameters] ExportAsk ask, HttpContext http, Exporter exporter,
        CompanyZones zones, IClock clock)
    {
        var company = Actor.Of(http.User).Company;
        if (await zones.AskedAsync(ask.Zone, company, http.RequestAborted) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var selection = new Selection(company);
        filter.Apply(selection, zone);
        var name = CsvExport.FileNameOf("cost-lines", filter.To, zone, clock.GetCurrentInstant());
        return selection.Problem ?? await exporter.SendAsync(http, Export(selection, name, zone), ask.IsRaw);
    }

    internal static CsvExport Export(Selection selection, string fileName, DateTimeZone zone)
    {
        var times = new ZonedText(zone);
        return new(
            "cost-lines.csv", fileName, Columns, selection,
            $"select {CostLineRow.Columns} from ledger.cost_line where {selection.Sql} order by seq, ordinal",
            (sheet, row) => Write(sheet, row, times));
    }

    /// <param name="row">Columns of <see cref="CostLineRow.Columns"/>.</param>
    internal static void Write(CsvSheet sheet, NpgsqlDataReader row, ZonedText times)
    {
        sheet.Plain(CostLineRow.IdOf(row.GetInt64(0), row.GetInt32(1)));
        for (var column = 2; column < 12; column++)
        {
            sheet.Text(row.Text(column));
        }
        sheet.Time(row, 12, times);
        sheet.Plain(row.Text(13));
        sheet.Integer(row.GetInt64(14));
        sheet.Integer(row.GetInt64(15));
        sheet.Amount(row.Value<decimal>(16));
        sheet.Amount(row.GetDecimal(17));
        sheet.Text(row.Text(18));
        sheet.Integer(row.Value<int>(19));
        sheet.Text(row.Text(20));
        sheet.Text(row.Text(21));
        sheet.Text(row.GetString(22).Replace(',', ' '));
    }
}
