using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Messages;

/// <summary>Every column of every message; docs/exports.md says what each holds.</summary>
public static class ExportMessagesCsv
{
    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapGet("/messages.csv", Get).Allow(Permissions.Export)
            .WithName("ExportMessagesCsv")
            .WithSummary("Messages as CSV, one row each, newest first; their texts are not in it.")
            .WithDescription(
                "RFC 4180, UTF-8, streamed. The same request gives the same bytes once its messages are done.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet("/messages.manifest.json", GetManifest).Allow(Permissions.Export)
            .WithName("DescribeMessagesCsv")
            .WithSummary("What messages.csv holds for the same query: rows, totals, hash.")
            .Produces<CsvManifest>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> Get(
        [AsParameters] MessageFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(ask, Export(filter, ask));

    private static Task<IResult> GetManifest(
        [AsParameters] MessageFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.DescribeAsync(ask, Export(filter, ask));

    private static Exporting.Build Export(MessageFilter filter, ExportAsk ask) => (selection, zone, now) =>
    {
        filter.Apply(selection, zone);
        return Columns(new ZonedText(zone)).Chosen(ask.Columns, selection).Export(
            "messages.csv", CsvExport.FileNameOf("messages", filter.To, zone, now), selection,
            $"from ledger.message where {selection.Sql} order by usage_at desc, message_id desc");
    };

    private static CsvColumn[] Columns(ZonedText times) =>
    [
        CsvColumn.Text("message_id"),
        CsvColumn.Time("usage_at", times),
        CsvColumn.Word("status"),
        CsvColumn.Word("direction"),
        CsvColumn.Text("type"),
        CsvColumn.Text("numbers", "translate(numbers, ',', ';')"),
        CsvColumn.Text("party"),
        CsvColumn.Text("recipients", "translate(recipients, ',', ';')"),
        CsvColumn.Time("sent_at", times),
        CsvColumn.Time("completed_at", times),
        CsvColumn.Integer("parts"),
        CsvColumn.Integer("billable_parts"),
        CsvColumn.Integer("billable_media"),
        CsvColumn.Cost("carrier_cost"),
        CsvColumn.Text("carrier_currency"),
    ];
}
