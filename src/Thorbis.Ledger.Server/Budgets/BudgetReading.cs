using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>Reads budgets as they are shown; everything through the connection of the company itself.</summary>
internal sealed class BudgetReading(NpgsqlConnection connection, string company, ZonedDateTime now)
{
    private static readonly LocalDate FirstPeriod = new(2009, 1, 1);

    private const string NoticesSql = """
        select d.notice_id, d.recipient_id is not null, coalesce(r.address, e.url), d.state, d.attempts, d.delivered_at,
          d.error
        from platform.delivery d
        left join platform.recipient r on r.recipient_id = d.recipient_id
        left join platform.webhook_endpoint e on e.endpoint_id = d.endpoint_id
        where d.tenant_id = $1 and d.notice_id = any ($2) order by d.delivery_id
        """;

    private readonly LocalDate _period = SpendReading.PeriodOf(now);

    /// <summary>All that are not retired, with the crossings of the present period.</summary>
    public async Task<IReadOnlyList<BudgetView>> ListAsync(CancellationToken stop)
    {
        var budgets = await BudgetTable.ListAsync(connection, company, stop);
        return await ViewsAsync(budgets, null, _period, stop);
    }

    /// <summary>One with everything that it ever told of; null for none.</summary>
    public async Task<BudgetView?> FindAsync(Guid budgetId, CancellationToken stop)
    {
        var budget = await BudgetTable.FindAsync(connection, company, budgetId, stop);
        return budget is null ? null : (await ViewsAsync([budget], budgetId, FirstPeriod, stop))[0];
    }

    /// <param name="budgetId">Where one budget is read.</param>
    /// <param name="from">First period whose crossings are shown.</param>
    private async Task<IReadOnlyList<BudgetView>> ViewsAsync(
        IReadOnlyList<Budget> budgets, Guid? budgetId, LocalDate from, CancellationToken stop)
    {
        var crossings = await BudgetTable.CrossingsAsync(connection, company, budgetId, from, stop);
        LocalDate[] months = [.. crossings.Select(row => row.Period).Append(_period).Distinct()];
        var spends = await SpendReading.MonthsAsync(connection, company, months, budgetId, stop);
        var days = await SpendReading.DaysAsync(
            connection, company, now.Date.PlusDays(-SpendForecast.WindowDays), now.Date, budgetId, stop);
        var addresses = await Recipients.AddressesAsync(connection, company, stop);
        var notices = await NoticesAsync([.. crossings.Select(row => row.FactId)], stop);
        var byBudget = crossings.ToLookup(row => row.BudgetId);
        return
        [
            .. budgets.Select(budget => View(
                budget, spends, [.. days[budget.BudgetId]], addresses,
                [.. byBudget[budget.BudgetId].Select(row => View(row, budget, spends, notices))])),
        ];
    }

    private BudgetView View(
        Budget budget, ILookup<(Guid, LocalDate), Money> spends, IReadOnlyList<(LocalDate, decimal)> days,
        Dictionary<Guid, string> addresses, IReadOnlyList<CrossingView> crossings)
    {
        var (terms, amounts) = (budget.Terms, spends[(budget.BudgetId, _period)]);
        var spend = SpendReading.InCurrencyOf(terms, amounts);
        return new(
            budget.BudgetId, budget.Version, terms.Name, terms.Source, terms.Number, terms.CostCentre, terms.Limit,
            terms.Currency, terms.Thresholds, terms.ForecastAlert,
            [.. terms.Recipients.Where(addresses.ContainsKey).Select(id => addresses[id])], budget.DefinedAt,
            budget.DefinedBy, budget.RetiredAt, _period, now.Zone.Id, spend, terms.PercentOf(spend),
            [.. amounts.Where(amount => amount.Currency != terms.Currency && amount.Amount != 0)],
            SpendForecast.Of(spend, days, now), crossings);
    }

    /// <summary>The spend now is what the budget watches now, in the currency of then.</summary>
    private static CrossingView View(
        CrossingRow row, Budget budget, ILookup<(Guid, LocalDate), Money> spends,
        ILookup<Guid, NotificationView> notices)
    {
        var spend = SpendReading.InCurrencyOf(
            budget.Terms with { Currency = row.Currency }, spends[(row.BudgetId, row.Period)]);
        return new(
            row.Period, row.Threshold, row.ByForecast, row.CrossedAt, row.Spend, row.Expected, row.Limit, row.Currency,
            spend, spend <= 0 || spend * 100 < row.Limit * row.Threshold, [.. notices[row.FactId]]);
    }

    private async Task<ILookup<Guid, NotificationView>> NoticesAsync(Guid[] facts, CancellationToken stop)
    {
        await using var command = connection.Command(NoticesSql, company, facts);
        var rows = await command.ListAsync(row => (Fact: row.GetGuid(0), View: new NotificationView(
            row.GetBoolean(1) ? "email" : "webhook", To(row.Text(2)), row.GetString(3), row.GetInt32(4),
            row.Value<Instant>(5), row.Text(6))), stop);
        return rows.ToLookup(row => row.Fact, row => row.View);
    }

    /// <summary>Of an endpoint its host: who sees budgets need not see where exactly webhooks go.</summary>
    private static string? To(string? target) =>
        Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url.Authority
            : target;
}
