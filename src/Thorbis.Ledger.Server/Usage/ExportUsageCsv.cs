using System.ComponentModel;
using System.Globalization;
using NodaTime;
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

    // Other programs read these columns: they stay as they are.
    private static readonly string[] Columns =
        ["Date", "Type", "Direction", "From", "To", "Duration (seconds)", "Cost", "Status", "Details"];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/exports/usage.csv", Get)
        .Allow(Permissions.Export)
        .WithName("ExportUsageCsv")
        .WithSummary("Calls and messages as CSV in the compatible columns, one row each, newest first.")
        .WithDescription("RFC 4180, UTF-8, streamed. The same request gives the same bytes once all in it is done.")
        .WithTags("Exports")
        .Produces(StatusCodes.Status200OK, contentType: "text/csv")
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] UsageExportAsk ask, [AsParameters] ExportAsk form, HttpContext http, Exporter exporter,
        CompanyZones zones, IClock clock)
    {
        var company = Actor.Of(http.User).Company;
        if (await zones.AskedAsync(form.Zone, company, http.RequestAborted) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var now = clock.GetCurrentInstant();
        var selection = new Selection(company)
            .WhereWord($"'{CarrierSource}'", "source", ask.Source, [CarrierSource])
            .Between("usage_at", ask.From, ask.To, zone);
        var fileName = CsvExport.FileNameOf("usage", ask.To, zone, now);
        return selection.Problem
            ?? await exporter.SendAsync(http, Export(selection, ask.Number, fileName, zone, now), form.IsRaw);
    }

    private static CsvExport Export(
        Selection selection, string? number, string fileName, DateTimeZone zone, Instant now)
    {
        var (ofCalls, ofMessages) = ("", "");
        if (!string.IsNullOrEmpty(number))
        {
            var own = selection.Parameter(Selection.Address(number));
            (ofCalls, ofMessages) = ($" and number = {own}", $" and {own} = any({MessageFilter.OwnNumbers})");
        }
        var sql = $"""
            select usage_at, call_id as id, 'call' as type, direction,
                   case direction when 'outgoing' then number else party end as sender,
                   case direction when 'outgoing' then party else number end as recipients,
                   talk_microseconds, carrier_cost, outcome as status, carrier_currency, hangup_cause, internal,
                   null::bigint as parts, null::bigint as media,
                   case when ended_at is null then last_fact_at end as last_fact_at
            from ledger.call where {selection.Sql}{ofCalls}
            union all
            select usage_at, message_id, lower(type), direction,
                   case direction when 'outgoing' then number else party end, translate(recipients, ',', ';'),
                   null, carrier_cost, status, carrier_currency, null, false, billable_parts, billable_media, null
            from ledger.message where {selection.Sql}{ofMessages}
            order by usage_at desc, id desc
            """;
        var times = new ZonedText(zone);
        return new("usage.csv", fileName, Columns, selection, sql, (sheet, row) => Write(sheet, row, times, now));
    }

    private static void Write(CsvSheet sheet, NpgsqlDataReader row, ZonedText times, Instant now)
    {
        sheet.Time(row, 0, times);
        sheet.Text(row.GetString(2));
        sheet.Plain(row.Text(3));
        sheet.Text(row.Text(4));
        sheet.Text(row.Text(5));
        sheet.Seconds(row.Value<long>(6));
        sheet.Amount(row.Value<decimal>(7));
        sheet.Plain(row.Value<Instant>(14) is { } last ? CallProgress.Of(null, last, now) : row.Text(8));
        sheet.Text(Details(row));
    }

    /// <summary>What the other columns have no place for, the amount's currency included.</summary>
    private static string Details(NpgsqlDataReader row) => string.Join("; ", new[]
    {
        row.Text(10),
        row.GetBoolean(11) ? "internal" : null,
        Count(row.Value<long>(12), "part", "parts"),
        Count(row.Value<long>(13), "medium", "media"),
        row.Text(9),
    }.Where(detail => !string.IsNullOrEmpty(detail)));

    private static string? Count(long? count, string one, string many) => count switch
    {
        null or 0 => null,
        1 => $"1 {one}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} {many}"),
    };
}
