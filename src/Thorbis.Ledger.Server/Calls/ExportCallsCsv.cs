using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>Every column of every call; docs/exports.md says what each holds.</summary>
public static class ExportCallsCsv
{
    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapGet("/calls.csv", Get).Allow(Permissions.Export)
            .WithName("ExportCallsCsv")
            .WithSummary("Calls as CSV, one row each, newest first.")
            .WithDescription(
                "RFC 4180, UTF-8, streamed. The same request gives the same bytes once its calls have ended.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet("/calls.manifest.json", GetManifest).Allow(Permissions.Export)
            .WithName("DescribeCallsCsv")
            .WithSummary("What calls.csv holds for the same query: rows, totals, hash.")
            .Produces<CsvManifest>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> Get(
        [AsParameters] CallFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(ask, Export(filter, ask));

    private static Task<IResult> GetManifest(
        [AsParameters] CallFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.DescribeAsync(ask, Export(filter, ask));

    private static Exporting.Build Export(CallFilter filter, ExportAsk ask) => (selection, zone, now) =>
    {
        filter.Apply(selection, now, zone);
        var columns = Columns(new ZonedText(zone), selection.Parameter(CallProgress.Since(now)))
            .Chosen(ask.Columns, selection);
        return columns.Export(
            "calls.csv", CsvExport.FileNameOf("calls", filter.To, zone, now), selection,
            $"from ledger.call where {selection.Sql} order by usage_at desc, call_id desc");
    };

    /// <param name="since">The parameter that tells calls in progress from those whose end is unknown.</param>
    private static CsvColumn[] Columns(ZonedText times, string since) =>
    [
        CsvColumn.Text("call_id"),
        CsvColumn.Time("usage_at", times),
        CsvColumn.Word("status", CallProgress.Status(since)),
        CsvColumn.Word("direction"),
        CsvColumn.Flag("internal"),
        CsvColumn.Text("number"),
        CsvColumn.Text("party"),
        CsvColumn.Time("answered_at", times),
        CsvColumn.Time("ended_at", times),
        CsvColumn.Seconds("talk_seconds", "talk_microseconds"),
        CsvColumn.Seconds("ring_seconds", "ring_microseconds"),
        CsvColumn.Integer("billable_seconds"),
        CsvColumn.Cost("carrier_cost"),
        CsvColumn.Text("carrier_currency"),
        CsvColumn.Integer("carrier_billed_seconds"),
        CsvColumn.Flag("billed_unanswered"),
        CsvColumn.Text("hangup_cause"),
        CsvColumn.Text("hangup_source"),
        CsvColumn.Integer("legs"),
        CsvColumn.Integer("recordings"),
        CsvColumn.Seconds("wait_seconds", "wait_microseconds") with { OnRequest = true },
        CsvColumn.Integer("queue_seconds") with { OnRequest = true },
        CsvColumn.Text("menu_keys") with { OnRequest = true },
        CsvColumn.Word("origin") with { OnRequest = true },
    ];
}
