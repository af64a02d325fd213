using System.IO.Pipelines;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Which lines a statement holds.</summary>
/// <param name="Since">Place of the closing before it: later lines of closed months are its adjustments; null for
/// the first.</param>
/// <param name="Until">Place up to which lines are in it.</param>
internal sealed record StatementLines(string Company, LocalDate Month, DateTimeZone Zone, long? Since, long Until);

/// <summary>Writes a statement: the month's own lines by usage time, then adjustments of months closed
/// before.</summary>
internal sealed class StatementCsv(StatementLines lines, Stream output)
{
    private const int CommandSeconds = 300;

    private const string Sql = $"""
        select {CostLineRow.Columns} from ledger.cost_line
        where tenant_id = $1 and occurred_at >= $2 and occurred_at < $3 and seq > $4 and seq <= $5
        order by occurred_at, seq, ordinal
        """;

    private readonly Dictionary<(string Source, string Currency), StatementTotal> _totals = [];
    private readonly SortedSet<int> _decks = [];
    private readonly ZonedText _times = new(lines.Zone);

    /// <summary>By source and currency, of all lines written.</summary>
    public IReadOnlyList<StatementTotal> Totals =>
    [
        .. _totals.Values.OrderBy(t => t.Source, StringComparer.Ordinal).ThenBy(t => t.Currency, StringComparer.Ordinal)
            .Select(t => t with { Rounded = StatementDecider.Round(t.Exact, t.Currency) }),
    ];

    /// <summary>Versions of the deck that priced lines.</summary>
    public IReadOnlyList<int> DeckVersions => [.. _decks];

    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var pipe = PipeWriter.Create(output, new(leaveOpen: true));
        using (var sheet = new CsvSheet(pipe, raw: false))
        {
            await WriteAsync(sheet, connection, stop);
        }
        await pipe.CompleteAsync();
    }

    private async Task WriteAsync(CsvSheet sheet, NpgsqlConnection connection, CancellationToken stop)
    {
        sheet.Header(["adjusts", .. ExportCostLinesCsv.Columns]);
        var start = lines.Zone.AtStartOfDay(lines.Month).ToInstant();
        var end = lines.Zone.AtStartOfDay(lines.Month.PlusMonths(1)).ToInstant();
        await WriteAsync(sheet, connection, (start, end), 0, adjusts: false, stop);
        if (lines.Since is { } since)
        {
            await WriteAsync(sheet, connection, (NumberDecider.Earliest, start), since, adjusts: true, stop);
        }
    }

    private async Task WriteAsync(
        CsvSheet sheet, NpgsqlConnection connection, (Instant From, Instant To) range, long since, bool adjusts,
        CancellationToken stop)
    {
        await using var command = connection.Command(Sql, lines.Company, range.From, range.To, since, lines.Until);
        command.CommandTimeout = CommandSeconds;
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            Add(rows, adjusts);
            sheet.Plain(adjusts
                ? StatementDecider.MonthName(rows.GetFieldValue<Instant>(12).InZone(lines.Zone).Date) : null);
            ExportCostLinesCsv.Write(sheet, rows, _times);
            await sheet.EndRowAsync(stop);
        }
    }

    private void Add(NpgsqlDataReader row, bool adjusts)
    {
        var (source, amount, currency) = (row.GetString(3), row.GetDecimal(17), row.GetString(18));
        var total = _totals.GetValueOrDefault((source, currency)) ?? new(source, currency, 0, 0, 0, 0);
        _totals[(source, currency)] = total with
        {
            Lines = total.Lines + 1,
            Exact = total.Exact + amount,
            Adjustments = total.Adjustments + (adjusts ? amount : 0),
        };
        if (row.Value<int>(19) is { } version)
        {
            _decks.Add(version);
        }
    }
}
