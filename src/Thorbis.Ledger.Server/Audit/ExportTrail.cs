using System.Runtime.CompilerServices;
using Npgsql;
using Thorbis.Ledger.Domain.Trail;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>The trail as a file, one row for each field that was changed; docs/exports.md says what each column
/// holds.</summary>
public static class ExportTrail
{
    /// <summary>Entries that are in memory at once.</summary>
    private const int Batch = 200;

    private static readonly ExportColumn<Row>[] Columns =
    [
        RowColumn.Integer("sequence", (Row row) => row.Entry.Sequence, summed: false),
        RowColumn.Time("recorded_at", (Row row) => row.Entry.RecordedAt),
        RowColumn.MaybeTime("effective_at", (Row row) => row.Entry.EffectiveAt),
        RowColumn.Text("by", (Row row) => row.Entry.By?.Id),
        RowColumn.Text("by_name", (Row row) => row.Entry.By?.Name),
        RowColumn.Word("kind", (Row row) => row.Entry.Kind),
        RowColumn.Word("fact", (Row row) => row.Entry.Fact),
        RowColumn.Text("stream", (Row row) => row.Entry.Stream),
        RowColumn.Text("thing", (Row row) => row.Entry.Thing),
        RowColumn.Integer("version", (Row row) => row.Entry.Version, summed: false),
        RowColumn.Text("field", (Row row) => row.Change?.Field),
        RowColumn.Text("before", (Row row) => row.Change?.Before),
        RowColumn.Text("after", (Row row) => row.Change?.After),
        RowColumn.Text("words", (Row row) => row.Change?.Words),
        RowColumn.Text("reason", (Row row) => row.Entry.Reason),
        RowColumn.Text("address", (Row row) => row.Entry.Address),
        RowColumn.Word("change_set", (Row row) => row.Entry.ChangeSet?.ToString()),
    ];

    public static readonly Export<TrailFilter> Export = new(
        "trail", "Everything that was changed as CSV, one row for each field, newest first.",
        "A change without fields of its own has one row. The same request gives the same bytes while nothing is "
        + "changed or renamed.", Open)
    {
        Roles = Permissions.ExportTrail,
    };

    private static ExportFile Open(TrailFilter filter, ExportScope scope)
    {
        filter.Apply(scope.Selection);
        return scope.File(Columns, filter.To, (connection, stop) => ReadAsync(connection, filter, scope, stop)) with
        {
            AsOfSql = "coalesce((select max(seq_id) from ledger.mt_events), 0)",
        };
    }

    private static async IAsyncEnumerable<Row> ReadAsync(
        NpgsqlConnection connection, TrailFilter filter, ExportScope scope,
        [EnumeratorCancellation] CancellationToken stop)
    {
        var before = long.MaxValue;
        while (true)
        {
            var entries = await scope.Trail!.ReadAsync(
                connection, scope.Company, filter.Apply(new(scope.Company)), before, Batch, stop);
            foreach (var entry in entries)
            {
                foreach (var change in entry.Changes.DefaultIfEmpty())
                {
                    yield return new(entry, change);
                }
            }
            if (entries.Count < Batch)
            {
                yield break;
            }
            before = entries[^1].Sequence;
        }
    }

    /// <param name="Change">Null where the fact changed nothing.</param>
    private sealed record Row(TrailEntry Entry, FieldChange? Change);
}
