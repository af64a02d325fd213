using System.ComponentModel;
using System.Globalization;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Messages;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>Which communications the usage file is asked for.</summary>
public sealed record UsageExportAsk(
    [property: Description("First usage instant, inclusive: a time with offset, or a date.")] string? From,
    [property: Description("First usage instant that is out: a time with offset, or a date.")] string? To,
    [property: Description("One of the company's numbers, E.164.")] string? Number,
    [property: Description("Whose amounts: carrier, which is also what is meant when left out.")] string? Source);

/// <summary>The usage file in its compatible columns; docs/exports.md says what each holds.</summary>
public static class ExportUsageCsv
{
    private const string CarrierSource = "carrier";

    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapGet("/usage.csv", Get).Allow(Permissions.Export)
            .WithName("ExportUsageCsv")
            .WithSummary("Calls and messages as CSV in the compatible columns, one row each, newest first.")
            .WithDescription("RFC 4180, UTF-8, streamed. The same request gives the same bytes once all in it is done.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        exports.MapGet("/usage.manifest.json", GetManifest).Allow(Permissions.Export)
            .WithName("DescribeUsageCsv")
            .WithSummary("What usage.csv holds for the same query: rows, totals, hash.")
            .Produces<CsvManifest>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> Get(
        [AsParameters] UsageExportAsk ask, [AsParameters] ExportAsk form, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(form, Export(ask, form));

    private static Task<IResult> GetManifest(
        [AsParameters] UsageExportAsk ask, [AsParameters] ExportAsk form, [AsParameters] Exporting exporting) =>
        exporting.DescribeAsync(form, Export(ask, form));

    private static Exporting.Build Export(UsageExportAsk ask, ExportAsk form) => (selection, zone, now) =>
    {
        selection.WhereWord($"'{CarrierSource}'", "source", ask.Source, [CarrierSource])
            .Between("usage_at", ask.From, ask.To, zone);
        var since = selection.Parameter(CallProgress.Since(now));
        return Columns(new ZonedText(zone)).Chosen(form.Columns, selection).Export(
            "usage.csv", CsvExport.FileNameOf("usage", ask.To, zone, now), selection,
            Source(selection, ask.Number, since));
    };

    private static string Source(Selection selection, string? number, string since)
    {
        var (ofCalls, ofMessages) = ("", "");
        if (!string.IsNullOrEmpty(number))
        {
            var own = selection.Parameter(Selection.Address(number));
            (ofCalls, ofMessages) = ($" and number = {own}", $" and {own} = any({MessageFilter.OwnNumbers})");
        }
        return $"""
            from (
              select usage_at, call_id as id, 'call' as type, direction,
                     case direction when 'outgoing' then number else party end as sender,
                     case direction when 'outgoing' then party else number end as recipients,
                     talk_microseconds, carrier_cost, {CallProgress.Status(since)} as status, carrier_currency,
                     hangup_cause, internal, null::bigint as parts, null::bigint as media
              from ledger.call where {selection.Sql}{ofCalls}
              union all
              select usage_at, message_id, lower(type), direction,
                     case direction when 'outgoing' then number else party end, translate(recipients, ',', ';'),
                     null, carrier_cost, status, carrier_currency, null, false, billable_parts, billable_media
              from ledger.message where {selection.Sql}{ofMessages}) as both_kinds
            order by usage_at desc, id desc
            """;
    }

    // Other programs read these columns: they stay as they are.
    private static CsvColumn[] Columns(ZonedText times) =>
    [
        CsvColumn.Time("usage_at", times) with { Name = "Date" },
        CsvColumn.Text("Type", "type"),
        CsvColumn.Word("Direction", "direction"),
        CsvColumn.Text("From", "sender"),
        CsvColumn.Text("To", "recipients"),
        CsvColumn.Seconds("Duration (seconds)", "talk_microseconds"),
        CsvColumn.Cost("Cost"),
        CsvColumn.Word("Status", "status"),
        new("Details", ["hangup_cause", "internal", "parts", "media", "carrier_currency"],
            (sheet, row, at) => sheet.Text(Details(row, at))),
    ];

    /// <summary>What the other columns have no place for, the amount's currency included.</summary>
    private static string Details(NpgsqlDataReader row, int at) => string.Join("; ", new[]
    {
        row.Text(at),
        row.GetBoolean(at + 1) ? "internal" : null,
        Count(row.Value<long>(at + 2), "part", "parts"),
        Count(row.Value<long>(at + 3), "medium", "media"),
        row.Text(at + 4),
    }.Where(detail => !string.IsNullOrEmpty(detail)));

    private static string? Count(long? count, string one, string many) => count switch
    {
        null or 0 => null,
        1 => $"1 {one}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} {many}"),
    };
}
