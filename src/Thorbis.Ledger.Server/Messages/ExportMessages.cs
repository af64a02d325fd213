using Npgsql;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Messages;

/// <summary>Every column of every message; docs/exports.md says what each holds.</summary>
public static class ExportMessages
{
    public static readonly Export Export = new Export<MessageFilter>(
        "messages", "Messages as CSV, one row each, newest first; their texts are not in it.",
        "The same request gives the same bytes once its messages are done.", Open);

    private static readonly ExportColumn<NpgsqlDataReader>[] Columns =
    [
        SqlColumn.Text("message_id"),
        SqlColumn.Time("usage_at"),
        SqlColumn.Word("status"),
        SqlColumn.Word("direction"),
        SqlColumn.Text("type"),
        SqlColumn.Text("numbers", "translate(numbers, ',', ';')"),
        SqlColumn.Text("party"),
        SqlColumn.Text("recipients", "translate(recipients, ',', ';')"),
        SqlColumn.Time("sent_at"),
        SqlColumn.Time("completed_at"),
        SqlColumn.Integer("parts"),
        SqlColumn.Integer("billable_parts"),
        SqlColumn.Integer("billable_media"),
        SqlColumn.Cost("carrier_cost"),
        SqlColumn.Text("carrier_currency"),
        SqlColumn.Text("cost_centre") with { OnRequest = true },
    ];

    private static ExportFile Open(MessageFilter filter, ExportScope scope)
    {
        filter.Apply(scope.Selection, scope.Zone);
        return scope.File(
            Columns, filter.To,
            $"from ledger.message where {scope.Selection.Sql} order by usage_at desc, message_id desc");
    }
}
