using System.Text.Json;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Reads what is known of a company's months.</summary>
internal static class StatementBooks
{
    public const string RulesStream = "statement/rules";

    private const string Sql = """
        select
          (select max(month) from ledger.statement where tenant_id = $1),
          (select min(occurred_at) from ledger.cost_line where tenant_id = $1),
          (select data::text from ledger.mt_events
            where tenant_id = $1 and stream_id = $2 and type = 'statement_proposed' order by version desc limit 1),
          (select data::text from ledger.mt_events
            where tenant_id = $1 and stream_id = $3 and type = 'statement_rules_set' order by version desc limit 1)
        """;

    /// <summary>Where a closed month's file is.</summary>
    public static FileKey FileOf(string company, LocalDate month) =>
        new("ledger.statement_piece", "month", company, month);

    public static string StreamOf(LocalDate month) => $"statement/{StatementDecider.MonthName(month)}";

    /// <param name="month">The month in question: who proposed to close it is read.</param>
    public static async Task<StatementBook> ReadAsync(
        NpgsqlConnection connection, string company, LocalDate month, DateTimeZone zone, CancellationToken stop)
    {
        await using var command = connection.Command(Sql, company, StreamOf(month), RulesStream);
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        var first = row.Value<Instant>(1)?.InZone(zone).Date.With(DateAdjusters.StartOfMonth);
        var rules = Fact<StatementRulesSet>(row.Text(3));
        return new(
            first, row.Value<LocalDate>(0), Fact<StatementProposed>(row.Text(2))?.By, rules?.SecondPerson ?? false,
            rules?.CloseAfterDays);
    }

    /// <summary>How the company closes its months now; null before it said so.</summary>
    public static async Task<StatementRulesSet?> RulesAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select data::text from ledger.mt_events
            where tenant_id = $1 and stream_id = $2 and type = 'statement_rules_set' order by version desc limit 1
            """, company, RulesStream);
        return Fact<StatementRulesSet>((string?)await command.ExecuteScalarAsync(stop));
    }

    /// <summary>What was closed, newest first; of one month where one is asked for.</summary>
    public static async Task<List<StatementClosed>> ClosedAsync(
        NpgsqlConnection connection, string company, LocalDate? month, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select e.data::text from ledger.statement s
            join ledger.mt_events e on e.tenant_id = s.tenant_id
              and e.stream_id = 'statement/' || to_char(s.month, 'YYYY-MM') and e.type = 'statement_closed'
            where s.tenant_id = $1 and ($2::date is null or s.month = $2) order by s.month desc
            """, company, month);
        return await command.ListAsync(row => Fact<StatementClosed>(row.GetString(0))!, stop);
    }

    private static TFact? Fact<TFact>(string? data) where TFact : class =>
        data is null ? null : JsonSerializer.Deserialize<TFact>(data, LedgerJson.Options);
}
