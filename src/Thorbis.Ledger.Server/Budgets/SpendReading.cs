using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>What a budget watches, summed from the cost read model: current sums, late corrections included.</summary>
internal static class SpendReading
{
    /// <summary>A budget's lines among the company's sums; <c>b</c> and <c>c</c>.</summary>
    private const string Watched = """
        c.tenant_id = b.tenant_id and c.source = b.source and (b.number is null or c.number = b.number)
          and (b.cost_centre is null or c.cost_centre = b.cost_centre)
        """;

    private const string MonthsSql = $"""
        select b.budget_id, c.month, c.currency, sum(c.amount)
        from ledger.budget b join ledger.cost_month c on {Watched}
        where b.tenant_id = $1 and c.month = any ($2)
          and case when $3::uuid is null then not b.retired else b.budget_id = $3 end
        group by 1, 2, 3 order by 1, 2, 3
        """;

    private const string DaysSql = $"""
        select b.budget_id, c.day, sum(c.amount)
        from ledger.budget b join ledger.cost_day c on {Watched} and c.currency = b.currency
        where b.tenant_id = $1 and c.day >= $2 and c.day < $3
          and case when $4::uuid is null then not b.retired else b.budget_id = $4 end
        group by 1, 2 order by 1, 2
        """;

    /// <summary>First day of the month that an instant lies in, by the company's calendar.</summary>
    public static LocalDate PeriodOf(ZonedDateTime now) => now.Date.With(DateAdjusters.StartOfMonth);

    /// <summary>Amounts by budget and month, one per currency.</summary>
    /// <param name="budgetId">Null for all of the company that are not retired.</param>
    public static async Task<ILookup<(Guid Budget, LocalDate Month), Money>> MonthsAsync(
        NpgsqlConnection connection, string company, LocalDate[] months, Guid? budgetId, CancellationToken stop)
    {
        await using var command = connection.Command(MonthsSql, company, months, budgetId);
        var rows = await command.ListAsync(row => (
            Key: (row.GetGuid(0), row.GetFieldValue<LocalDate>(1)),
            Amount: new Money(row.GetDecimal(3), row.GetString(2))), stop);
        return rows.ToLookup(row => row.Key, row => row.Amount);
    }

    /// <summary>Sums of days in the budget's currency, ascending; days without a line are missing.</summary>
    /// <param name="budgetId">Null for all of the company that are not retired.</param>
    public static async Task<ILookup<Guid, (LocalDate Day, decimal Amount)>> DaysAsync(
        NpgsqlConnection connection, string company, LocalDate from, LocalDate to, Guid? budgetId,
        CancellationToken stop)
    {
        await using var command = connection.Command(DaysSql, company, from, to, budgetId);
        var rows = await command.ListAsync(row => (
            Budget: row.GetGuid(0), Day: (row.GetFieldValue<LocalDate>(1), row.GetDecimal(2))), stop);
        return rows.ToLookup(row => row.Budget, row => row.Day);
    }

    /// <summary>What counts against the limit.</summary>
    public static decimal InCurrencyOf(BudgetTerms terms, IEnumerable<Money> amounts) =>
        amounts.Where(amount => amount.Currency == terms.Currency).Sum(amount => amount.Amount);
}
