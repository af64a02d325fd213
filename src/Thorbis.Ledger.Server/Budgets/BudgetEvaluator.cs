using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>
/// Looks at a company's spend and records what it crosses: the fact, its row and the notices in one transaction.
/// Several nodes may look at the same time: the budget's row lets one after the other in, and a fact's id is its key.
/// </summary>
internal sealed class BudgetEvaluator(
    LedgerDatabase database, FactTransactions transactions, CompanyZones zones, DeliverySender sender, IClock clock)
{
    private const string RecordedSql = "select id from ledger.mt_events where id = any ($1)";

    /// <summary>What was seen of one budget in one period.</summary>
    private sealed record Seen(Budget Budget, LocalDate Period, decimal Spend, SpendForecast? Forecast);

    /// <summary>Every budget of a company, for the present period and the one before: costs come late.</summary>
    /// <param name="forecasts">Also what is expected at the end of the present period.</param>
    /// <returns>How many crossings were recorded.</returns>
    public async Task<int> EvaluateAsync(string company, bool forecasts, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant().InZone(await zones.OfAsync(company, stop));
        var seen = await LookAsync(company, now, forecasts, stop);
        var recorded = 0;
        foreach (var some in seen)
        {
            recorded += await RecordAsync(company, some, now, stop);
        }
        if (recorded > 0)
        {
            sender.Wake();
        }
        return recorded;
    }

    /// <summary>What crosses something that was not told of when it was read.</summary>
    private async Task<List<Seen>> LookAsync(
        string company, ZonedDateTime now, bool forecasts, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        var budgets = await BudgetTable.ListAsync(connection, company, stop);
        var period = SpendReading.PeriodOf(now);
        LocalDate[] periods = [period.PlusMonths(-1), period];
        var spends = await SpendReading.MonthsAsync(connection, company, periods, budgetId: null, stop);
        var told = await BudgetTable.CrossingsAsync(connection, company, budgetId: null, periods[0], stop);
        var days = forecasts && budgets.Exists(budget => budget.Terms.ForecastAlert)
            ? await SpendReading.DaysAsync(
                connection, company, now.Date.PlusDays(-SpendForecast.WindowDays), now.Date, budgetId: null, stop)
            : null;
        var found = from budget in budgets
                    from month in periods
                    where budget.DefinedAt.InZone(now.Zone).Date < month.PlusMonths(1)
                    let spend = SpendReading.InCurrencyOf(budget.Terms, spends[(budget.BudgetId, month)])
                    let forecast = days is not null && budget.Terms.ForecastAlert && month == period
                        ? SpendForecast.Of(spend, [.. days[budget.BudgetId]], now)
                        : null
                    select new Seen(budget, month, spend, forecast);
        return [.. found.Where(some => Crossed(some, told, now.ToInstant()).Count > 0)];
    }

    private static List<BudgetFact> Crossed(Seen seen, IEnumerable<CrossingRow> told, Instant now)
    {
        var known = told.Where(row => row.BudgetId == seen.Budget.BudgetId && row.Period == seen.Period).ToList();
        int[] thresholds = [.. known.Where(row => !row.ByForecast).Select(row => row.Threshold)];
        List<BudgetFact> crossed = [.. Crossings.Of(seen.Budget, seen.Period, seen.Spend, thresholds, now)];
        if (seen.Forecast is { } forecast && !known.Exists(row => row.ByForecast)
            && Crossings.OfForecast(seen.Budget, seen.Period, seen.Spend, forecast, now) is { } expected)
        {
            crossed.Add(expected);
        }
        return crossed;
    }

    private async Task<int> RecordAsync(string company, Seen seen, ZonedDateTime now, CancellationToken stop)
    {
        await using var change = await transactions.BeginAsync(stop);
        var budget = await BudgetTable.LockAsync(change.Connection, company, seen.Budget.BudgetId, stop);
        if (budget?.Version != seen.Budget.Version || budget.RetiredAt is not null)
        {
            // Revised since it was read: whoever revised it has it evaluated again.
            return 0;
        }
        var told = await BudgetTable.CrossingsAsync(
            change.Connection, company, budget.BudgetId, seen.Period, stop);
        var crossed = await NewAsync(change, company, Crossed(seen, told, now.ToInstant()), stop);
        if (crossed.Count == 0)
        {
            await change.CommitAsync(stop);
            return 0;
        }
        await change.AppendAsync(company, BudgetTable.StreamOf(budget.BudgetId), crossed, stop);
        foreach (var (id, fact) in crossed)
        {
            await BudgetTable.WriteAsync(change, company, CrossingRow.Of(id, (BudgetFact)fact), stop);
        }
        var notices = crossed.Select(told => BudgetNotice.Of(company, budget, told.Id, (BudgetFact)told.Fact, now));
        await DeliveryQueue.AddAsync(change, company, [.. notices], now.ToInstant(), stop);
        await change.CommitAsync(stop);
        return crossed.Count;
    }

    /// <summary>Without those that are facts already; where their rows were lost, they get them back.</summary>
    private static async Task<List<(Guid Id, Fact Fact)>> NewAsync(
        FactTransaction change, string company, List<BudgetFact> crossed, CancellationToken stop)
    {
        var facts = crossed.Select(fact => (Id: Crossings.IdOf(company, fact), Fact: (Fact)fact)).ToList();
        await using var command = change.Connection.Command(RecordedSql, facts.Select(fact => fact.Id).ToArray());
        var recorded = await command.ListAsync(row => row.GetGuid(0), stop);
        if (recorded.Count > 0)
        {
            await BudgetTable.RestoreAsync(change, [.. recorded], stop);
        }
        return facts.FindAll(fact => !recorded.Contains(fact.Id));
    }
}
