using Npgsql;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Every column of every cost line; docs/exports.md says what each holds.</summary>
public static class ExportCostLines
{
    public static readonly Export Export = new Export<CostLineFilter>(
        "cost-lines", "Cost lines as CSV, in the order of the ledger.",
        "Lines are never edited: what was there keeps its bytes.", Open);

    /// <summary>Of a line, in the file's order.</summary>
    internal static IReadOnlyList<ExportColumn<NpgsqlDataReader>> Columns { get; } =
    [
        SqlColumn.Word("line_id", "seq || '-' || ordinal"),
        SqlColumn.Word("kind"),
        SqlColumn.Word("source"),
        SqlColumn.Word("service"),
        SqlColumn.Text("stream"),
        SqlColumn.Text("charge"),
        SqlColumn.Text("number"),
        SqlColumn.Text("party"),
        SqlColumn.Word("direction"),
        SqlColumn.Word("country"),
        SqlColumn.Text("cost_centre"),
        SqlColumn.Time("occurred_at"),
        SqlColumn.Word("unit"),
        SqlColumn.Integer("quantity", summed: false),
        SqlColumn.Integer("billed_quantity", summed: false),
        SqlColumn.Amount("unit_price"),
        // Carrier and deck are never added together: their totals stand apart, by currency.
        SqlColumn.Amount("amount") with
        {
            Sql = ["amount", "currency", "source"],
            Amount = (row, at) => new(
                row.GetDecimal(at), $"{row.GetString(at + 2)} {row.GetString(at + 1)}".TrimEnd()),
        },
        SqlColumn.Text("currency"),
        SqlColumn.Word("deck", "case when source = 'deck' then coalesce(deck, 'default') end"),
        SqlColumn.Integer("deck_version", summed: false),
        SqlColumn.Text("rate"),
        SqlColumn.Text("part"),
        SqlColumn.Word("facts", "replace(facts, ',', ' ')"),
    ];

    private static ExportFile Open(CostLineFilter filter, ExportScope scope)
    {
        filter.Apply(scope.Selection, scope.Zone);
        return scope.File(
            Columns, filter.To, $"from ledger.cost_line where {scope.Selection.Sql} order by seq, ordinal") with
        {
            AsOfSql = ReadModelProgress.CostsSql,
        };
    }
}
