using System.ComponentModel;
using System.Globalization;
using Npgsql;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Customers;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Messages;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>Which communications the usage file is asked for.</summary>
public sealed record UsageExportAsk(
    [property: Description("First usage instant, inclusive: a time with offset, or a date.")] string? From,
    [property: Description("First usage instant that is out: a time with offset, or a date.")] string? To,
    [property: Description("One of the company's numbers, E.164.")] string? Number,
    [property: Description("Whose amounts: carrier, which is also what is meant when left out.")] string? Source,
    [property: Description("With a party that was this customer's at the usage instant: the customer's id.")]
    string? Customer = null,
    [property: Description("Counted for this cost centre.")] string? CostCentre = null);

/// <summary>The usage file in its compatible columns; docs/exports.md says what each holds.</summary>
public static class ExportUsage
{
    private const string CarrierSource = "carrier";

    public static readonly Export Export = new Export<UsageExportAsk>(
        "usage", "Calls and messages as CSV in the compatible columns, one row each, newest first.",
        "The same request gives the same bytes once all in it is done.", Open);

    // Other programs read these columns: they stay as they are.
    private static readonly ExportColumn<NpgsqlDataReader>[] Columns =
    [
        SqlColumn.Time("Date", "usage_at"),
        SqlColumn.Text("Type", "type"),
        SqlColumn.Word("Direction", "direction"),
        SqlColumn.Text("From", "sender"),
        SqlColumn.Text("To", "recipients"),
        SqlColumn.Seconds("Duration (seconds)", "talk_microseconds"),
        SqlColumn.Cost("Cost"),
        SqlColumn.Word("Status", "status"),
        SqlColumn.Text("Details") with
        {
            Sql = ["hangup_cause", "internal", "parts", "media", "carrier_currency"],
            Write = (sheet, row, at) => sheet.Text(Details(row, at)),
        },
    ];

    private static ExportFile Open(UsageExportAsk ask, ExportScope scope)
    {
        scope.Selection.WhereWord($"'{CarrierSource}'", "source", ask.Source, [CarrierSource])
            .Between("usage_at", ask.From, ask.To, scope.Zone);
        if (!string.IsNullOrEmpty(ask.CostCentre))
        {
            scope.Selection.Where("cost_centre = ?", ask.CostCentre);
        }
        var since = scope.Selection.Parameter(CallProgress.Since(scope.Now));
        return scope.File(Columns, ask.To, Source(scope.Selection, ask, since));
    }

    private static string Source(Selection selection, UsageExportAsk ask, string since)
    {
        var (ofCalls, ofMessages) = ("", "");
        if (!string.IsNullOrEmpty(ask.Number))
        {
            var own = selection.Parameter(Selection.Address(ask.Number));
            (ofCalls, ofMessages) = ($" and number = {own}", $" and {own} = any({MessageFilter.OwnNumbers})");
        }
        if (CustomerConditions.OfCalls(selection, ask.Customer) is { } calls
            && CustomerConditions.OfMessages(selection, ask.Customer) is { } messages)
        {
            (ofCalls, ofMessages) = ($"{ofCalls} and {calls}", $"{ofMessages} and {messages}");
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
