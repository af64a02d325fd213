using Npgsql;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>Every column of every call; docs/exports.md says what each holds.</summary>
public static class ExportCalls
{
    public static readonly Export Export = new Export<CallFilter>(
        "calls", "Calls as CSV, one row each, newest first.",
        "The same request gives the same bytes once its calls have ended.", Open);

    private static ExportFile Open(CallFilter filter, ExportScope scope)
    {
        filter.Apply(scope.Selection, scope.Now, scope.Zone);
        var since = scope.Selection.Parameter(CallProgress.Since(scope.Now));
        return scope.File(
            Columns(since), filter.To,
            $"from ledger.call where {scope.Selection.Sql} order by usage_at desc, call_id desc");
    }

    /// <param name="since">The parameter that tells calls in progress from those whose end is unknown.</param>
    private static ExportColumn<NpgsqlDataReader>[] Columns(string since) =>
    [
        SqlColumn.Text("call_id"),
        SqlColumn.Time("usage_at"),
        SqlColumn.Word("status", CallProgress.Status(since)),
        SqlColumn.Word("direction"),
        SqlColumn.Flag("internal"),
        SqlColumn.Text("number"),
        SqlColumn.Text("party"),
        SqlColumn.Time("answered_at"),
        SqlColumn.Time("ended_at"),
        SqlColumn.Seconds("talk_seconds", "talk_microseconds"),
        SqlColumn.Seconds("ring_seconds", "ring_microseconds"),
        SqlColumn.Integer("billable_seconds"),
        SqlColumn.Cost("carrier_cost"),
        SqlColumn.Text("carrier_currency"),
        SqlColumn.Integer("carrier_billed_seconds"),
        SqlColumn.Flag("billed_unanswered"),
        SqlColumn.Text("hangup_cause"),
        SqlColumn.Text("hangup_source"),
        SqlColumn.Integer("legs"),
        SqlColumn.Integer("recordings"),
        SqlColumn.Seconds("wait_seconds", "wait_microseconds") with { OnRequest = true },
        SqlColumn.Integer("queue_seconds") with { OnRequest = true },
        SqlColumn.Text("menu_keys") with { OnRequest = true },
        SqlColumn.Word("origin") with { OnRequest = true },
        SqlColumn.Text("cost_centre") with { OnRequest = true },
    ];
}
