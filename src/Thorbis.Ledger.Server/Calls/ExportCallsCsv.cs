using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>Every column of every call; docs/exports.md says what each holds.</summary>
public static class ExportCallsCsv
{
    private static readonly string[] Columns =
    [
        "call_id", "usage_at", "status", "direction", "internal", "number", "party", "answered_at", "ended_at",
        "talk_seconds", "ring_seconds", "billable_seconds", "carrier_cost", "carrier_currency",
        "carrier_billed_seconds", "billed_unanswered", "hangup_cause", "hangup_source", "legs", "recordings",
    ];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/exports/calls.csv", Get)
        .Allow(Permissions.Export)
        .WithName("ExportCallsCsv")
        .WithSummary("Calls as CSV, one row each, newest first.")
        .WithDescription("RFC 4180, UTF-8, streamed. The same request gives the same bytes once its calls have ended.")
        .WithTags("Exports")
        .Produces(StatusCodes.Status200OK, contentType: "text/csv")
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] CallFilter filter, [AsParameters] ExportAsk ask, HttpContext http, Exporter exporter,
        CompanyZones zones, IClock clock)
    {
        var company = Actor.Of(http.User).Company;
        if (await zones.AskedAsync(ask.Zone, company, http.RequestAborted) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var now = clock.GetCurrentInstant();
        var selection = new Selection(company);
        filter.Apply(selection, now, zone);
        return selection.Problem ?? await exporter.SendAsync(
            http, Export(selection, CsvExport.FileNameOf("calls", filter.To, zone, now), zone, now), ask.IsRaw);
    }

    internal static CsvExport Export(Selection selection, string fileName, DateTimeZone zone, Instant now)
    {
        // Calls under way are the only rows that need the time of their last fact.
        var sql = $"""
            select call_id, usage_at, direction, internal, number, party, answered_at, ended_at, outcome,
                   talk_microseconds, ring_microseconds, billable_seconds, carrier_cost, carrier_currency,
                   carrier_billed_seconds, billed_unanswered, hangup_cause, hangup_source, legs, recordings,
                   case when ended_at is null then last_fact_at end
            from ledger.call where {selection.Sql} order by usage_at desc, call_id desc
            """;
        var times = new ZonedText(zone);
        return new("calls.csv", fileName, Columns, selection, sql, (sheet, row) => Write(sheet, row, times, now));
    }

    private static void Write(CsvSheet sheet, NpgsqlDataReader row, ZonedText times, Instant now)
    {
        sheet.Text(row.GetString(0));
        sheet.Time(row, 1, times);
        sheet.Plain(Status(row, now));
        sheet.Plain(row.Text(2));
        sheet.Flag(row.GetBoolean(3));
        sheet.Text(row.Text(4));
        sheet.Text(row.Text(5));
        sheet.Time(row, 6, times);
        sheet.Time(row, 7, times);
        sheet.Seconds(row.GetInt64(9));
        sheet.Seconds(row.GetInt64(10));
        sheet.Integer(row.GetInt64(11));
        sheet.Amount(row.Value<decimal>(12));
        sheet.Text(row.Text(13));
        sheet.Integer(row.Value<long>(14));
        sheet.Flag(row.GetBoolean(15));
        sheet.Text(row.Text(16));
        sheet.Text(row.Text(17));
        sheet.Integer(row.GetInt32(18));
        sheet.Integer(row.GetInt32(19));
    }

    private static string? Status(NpgsqlDataReader row, Instant now) =>
        row.Value<Instant>(20) is { } lastFactAt ? CallProgress.Of(null, lastFactAt, now) : row.Text(8);
}
