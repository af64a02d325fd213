using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Messages;

/// <summary>Every column of every message; docs/exports.md says what each holds.</summary>
public static class ExportMessagesCsv
{
    private static readonly string[] Columns =
    [
        "message_id", "usage_at", "status", "direction", "type", "numbers", "party", "recipients", "sent_at",
        "completed_at", "parts", "billable_parts", "billable_media", "carrier_cost", "carrier_currency",
    ];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/exports/messages.csv", Get)
        .Allow(Permissions.Export)
        .WithName("ExportMessagesCsv")
        .WithSummary("Messages as CSV, one row each, newest first; their texts are not in it.")
        .WithDescription("RFC 4180, UTF-8, streamed. The same request gives the same bytes once its messages are done.")
        .WithTags("Exports")
        .Produces(StatusCodes.Status200OK, contentType: "text/csv")
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] MessageFilter filter, [AsParameters] ExportAsk ask, HttpContext http, Exporter exporter,
        CompanyZones zones, IClock clock)
    {
        var company = Actor.Of(http.User).Company;
        if (await zones.AskedAsync(ask.Zone, company, http.RequestAborted) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var selection = new Selection(company);
        filter.Apply(selection, zone);
        var fileName = CsvExport.FileNameOf("messages", filter.To, zone, clock.GetCurrentInstant());
        return selection.Problem ?? await exporter.SendAsync(http, Export(selection, fileName, zone), ask.IsRaw);
    }

    private static CsvExport Export(Selection selection, string fileName, DateTimeZone zone)
    {
        var sql = $"""
            select message_id, usage_at, status, direction, type, translate(numbers, ',', ';'), party,
                   translate(recipients, ',', ';'), sent_at, completed_at, parts, billable_parts, billable_media,
                   carrier_cost, carrier_currency
            from ledger.message where {selection.Sql} order by usage_at desc, message_id desc
            """;
        var times = new ZonedText(zone);
        return new("messages.csv", fileName, Columns, selection, sql, (sheet, row) => Write(sheet, row, times));
    }

    private static void Write(CsvSheet sheet, NpgsqlDataReader row, ZonedText times)
    {
        sheet.Text(row.GetString(0));
        sheet.Time(row, 1, times);
        sheet.Plain(row.GetString(2));
        sheet.Plain(row.GetString(3));
        sheet.Text(row.GetString(4));
        sheet.Text(row.GetString(5));
        sheet.Text(row.Text(6));
        sheet.Text(row.GetString(7));
        sheet.Time(row, 8, times);
        sheet.Time(row, 9, times);
        sheet.Integer(row.GetInt32(10));
        sheet.Integer(row.GetInt64(11));
        sheet.Integer(row.GetInt64(12));
        sheet.Amount(row.Value<decimal>(13));
        sheet.Text(row.Text(14));
    }
}
