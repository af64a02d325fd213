using System.IO.Pipelines;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Which lines a statement holds, and its file: its own by usage time, then adjustments of closed
/// months.</summary>
/// <param name="Since">Place of the closing before it: later lines of closed months are its adjustments; null for
/// the first.</param>
/// <param name="Until">Place up to which lines are in it.</param>
internal sealed record StatementCsv(string Company, LocalDate Month, DateTimeZone Zone, long? Since, long Until)
{
    private Instant Start => Zone.AtStartOfDay(Month).ToInstant();

    private Instant End => Zone.AtStartOfDay(Month.PlusMonths(1)).ToInstant();

    /// <summary>Holds some ten kilobytes at a time.</summary>
    public async Task WriteAsync(Stream output, NpgsqlConnection connection, CancellationToken stop)
    {
        var pipe = PipeWriter.Create(output, new(leaveOpen: true));
        using (var sheet = new CsvSheet(pipe, Zone, raw: false))
        {
            sheet.Header(Columns("null::text").Select(column => column.Name));
            await Part(Own(), "null::text")(connection, sheet, null, stop);
            if (Since is { } since)
            {
                var month = $"to_char(occurred_at at time zone '{Zone.Id}', 'YYYY-MM')";
                await Part(Adjustments(since), month)(connection, sheet, null, stop);
            }
        }
        await pipe.CompleteAsync();
    }

    /// <summary>Totals by source and currency, and the versions of the deck that priced lines.</summary>
    public async Task<(List<StatementTotal> Totals, int[] DeckVersions)> SumAsync(
        NpgsqlConnection connection, CancellationToken stop)
    {
        var selection = new Selection(Company).Where("seq <= ?", Until).Where("occurred_at < ?", End)
            .Where("(occurred_at >= ? or seq > ?)", Start, Since ?? long.MaxValue);
        await using var command = selection.Command(connection, $"""
            select source, currency, count(*), sum(amount),
              coalesce(sum(amount) filter (where occurred_at < {selection.Parameter(Start)}), 0),
              array_remove(array_agg(distinct deck_version) filter (where coalesce(deck, 'default') = 'default'), null)
            from ledger.cost_line where {selection.Sql} group by source, currency order by source, currency
            """);
        var sums = await command.ListAsync(
            row => (
                Total: new StatementTotal(
                    row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetDecimal(3), row.GetDecimal(4),
                    StatementDecider.Round(row.GetDecimal(3), row.GetString(1))),
                Decks: row.GetFieldValue<int[]>(5)),
            stop);
        return (sums.ConvertAll(sum => sum.Total), [.. sums.SelectMany(sum => sum.Decks).Distinct().Order()]);
    }

    private Selection Own() => new Selection(Company).Where("seq <= ?", Until)
        .Where("occurred_at >= ?", Start).Where("occurred_at < ?", End);

    private Selection Adjustments(long since) => new Selection(Company).Where("seq <= ?", Until)
        .Where("occurred_at < ?", Start).Where("seq > ?", since);

    /// <param name="adjusts">Expression of the month that a line belongs to; null where it is this one.</param>
    private static ExportRows Part(Selection selection, string adjusts) => Columns(adjusts).Rows(
        selection, $"from ledger.cost_line where {selection.Sql} order by occurred_at, seq, ordinal");

    private static IReadOnlyList<ExportColumn<NpgsqlDataReader>> Columns(string adjusts) =>
        [SqlColumn.Word("adjusts", adjusts), .. ExportCostLines.Columns];
}
