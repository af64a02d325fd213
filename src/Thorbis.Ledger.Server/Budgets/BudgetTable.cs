using System.Text.Json;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>The fold of each budget's stream, and what it told of; both written with the facts.</summary>
internal static class BudgetTable
{
    public static string StreamOf(Guid budgetId) => $"budget/{budgetId}";

    /// <summary>All that are not retired, in the order they were defined.</summary>
    public static async Task<List<Budget>> ListAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select state from ledger.budget where tenant_id = $1 and not retired order by budget_id", company);
        return await command.ListAsync(row => row.State<Budget>(0), stop);
    }

    /// <summary>One, retired or not.</summary>
    public static Task<Budget?> FindAsync(
        NpgsqlConnection connection, string company, Guid budgetId, CancellationToken stop) =>
        FindAsync(connection, company, budgetId, "", stop);

    /// <summary>One, and nobody else changes it or records its crossings until the transaction ends.</summary>
    public static Task<Budget?> LockAsync(
        NpgsqlConnection connection, string company, Guid budgetId, CancellationToken stop) =>
        FindAsync(connection, company, budgetId, "for update", stop);

    public static Task<int> WriteAsync(FactTransaction change, string company, Budget budget, CancellationToken stop) =>
        change.ExecuteAsync("""
            insert into ledger.budget (tenant_id, budget_id, source, number, cost_centre, currency, retired, state)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (tenant_id, budget_id) do update set source = excluded.source, number = excluded.number,
              cost_centre = excluded.cost_centre, currency = excluded.currency, retired = excluded.retired,
              state = excluded.state
            """, stop, company, budget.BudgetId, Words.Of(budget.Terms.Source), budget.Terms.Number,
            budget.Terms.CostCentre, budget.Terms.Currency, budget.RetiredAt is not null,
            JsonSerializer.Serialize(budget, LedgerJson.Options));

    /// <summary>Of one budget, or of all; the latest period first.</summary>
    /// <param name="from">The first period.</param>
    public static async Task<List<CrossingRow>> CrossingsAsync(
        NpgsqlConnection connection, string company, Guid? budgetId, LocalDate from, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select budget_id, period, by_forecast, threshold, fact_id, crossed_at, spend, expected, limit_then, currency
            from ledger.budget_crossing
            where tenant_id = $1 and ($2::uuid is null or budget_id = $2) and period >= $3
            order by budget_id, period desc, crossed_at, by_forecast desc, threshold
            """, company, budgetId, from);
        return await command.ListAsync(row => new CrossingRow(
            row.GetGuid(0), row.GetFieldValue<LocalDate>(1), row.GetBoolean(2), row.GetInt32(3), row.GetGuid(4),
            row.GetFieldValue<Instant>(5), row.GetDecimal(6), row.Value<decimal>(7), row.GetDecimal(8),
            row.GetString(9)), stop);
    }

    public static Task<int> WriteAsync(
        FactTransaction change, string company, CrossingRow crossing, CancellationToken stop) => change.ExecuteAsync("""
        insert into ledger.budget_crossing (tenant_id, budget_id, period, by_forecast, threshold, fact_id, crossed_at,
          spend, expected, limit_then, currency)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """, stop, company, crossing.BudgetId, crossing.Period, crossing.ByForecast, crossing.Threshold,
        crossing.FactId, crossing.CrossedAt, crossing.Spend, crossing.Expected, crossing.Limit, crossing.Currency);

    /// <summary>Writes the rows of crossings anew, from their facts; those that are there stay.</summary>
    public static Task<int> RestoreAsync(FactTransaction change, Guid[] factIds, CancellationToken stop) =>
        change.ExecuteAsync("""
            insert into ledger.budget_crossing (tenant_id, budget_id, period, by_forecast, threshold, fact_id,
              crossed_at, spend, expected, limit_then, currency)
            select tenant_id, (data ->> 'budgetId')::uuid, (data ->> 'period')::date,
              type = 'budget_forecast_crossed', coalesce((data ->> 'threshold')::int, 100), id,
              (data ->> 'occurredAt')::timestamptz, (data ->> 'spend')::numeric, (data ->> 'expected')::numeric,
              (data ->> 'limit')::numeric, data ->> 'currency'
            from ledger.mt_events where id = any ($1)
            on conflict do nothing
            """, stop, factIds);

    private static async Task<Budget?> FindAsync(
        NpgsqlConnection connection, string company, Guid budgetId, string locking, CancellationToken stop)
    {
        await using var command = connection.Command(
            $"select state from ledger.budget where tenant_id = $1 and budget_id = $2 {locking}", company, budgetId);
        return (await command.ListAsync(row => row.State<Budget>(0), stop)).SingleOrDefault();
    }
}

/// <summary>A crossing as its row keeps it.</summary>
/// <param name="Threshold">Percent of the limit; 100 of a forecast's.</param>
/// <param name="Spend">That was seen then, in <paramref name="Currency"/>.</param>
internal sealed record CrossingRow(
    Guid BudgetId, LocalDate Period, bool ByForecast, int Threshold, Guid FactId, Instant CrossedAt, decimal Spend,
    decimal? Expected, decimal Limit, string Currency)
{
    private const int Whole = 100;

    /// <param name="crossing">One of the two kinds.</param>
    public static CrossingRow Of(Guid factId, BudgetFact crossing) => crossing switch
    {
        BudgetThresholdCrossed told => new(
            told.BudgetId, told.Period, false, told.Threshold, factId, told.OccurredAt, told.Spend, null, told.Limit,
            told.Currency),
        BudgetForecastCrossed told => new(
            told.BudgetId, told.Period, true, Whole, factId, told.OccurredAt, told.Spend, told.Expected, told.Limit,
            told.Currency),
        _ => throw new ArgumentException($"{crossing.GetType().Name} is no crossing.", nameof(crossing)),
    };
}
