using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>A crossing as people read it in an e-mail and programs in a webhook.</summary>
internal static class BudgetNotice
{
    private static readonly LocalDatePattern Month = LocalDatePattern.CreateWithInvariantCulture("MMMM uuuu");

    private static readonly ZonedDateTimePattern Time =
        ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss o<g> '('z')'", null);

    public static Notice Of(string company, Budget budget, Guid factId, BudgetFact crossing, ZonedDateTime now)
    {
        var type = FactCatalogue.NameOf(crossing.GetType());
        // The fact as it is stored, under what every webhook has: later facts of other kinds go out the same way.
        var body = new
        {
            type,
            timestamp = crossing.OccurredAt,
            company,
            data = JsonSerializer.SerializeToElement(crossing, crossing.GetType(), LedgerJson.Options),
        };
        var (what, lines) = Told(crossing);
        return new(
            factId, type, JsonSerializer.Serialize(body, LedgerJson.Options), $"Budget {budget.Terms.Name}: {what}",
            string.Join("\r\n",
            [
                $"Budget:   {budget.Terms.Name} ({Scope(budget.Terms)})", $"Company:  {company}", .. lines,
                $"Seen at:  {Time.Format(now)}", "",
                "Each threshold is told of once a month, and never taken back.", "",
            ]),
            budget.Terms.Recipients);
    }

    private static (string What, string[] Lines) Told(BudgetFact crossing) => crossing switch
    {
        BudgetThresholdCrossed told => (
            $"{told.Threshold} % of the limit for {Month.Format(told.Period)} reached",
            [
                $"Month:    {Month.Format(told.Period)}",
                $"Spend:    {Text(told.Spend)} {told.Currency}",
                $"Limit:    {Text(told.Limit)} {told.Currency}, of which {told.Threshold} % are reached",
            ]),
        BudgetForecastCrossed told => (
            $"the limit for {Month.Format(told.Period)} is expected to be reached",
            [
                $"Month:    {Month.Format(told.Period)}",
                $"Spend:    {Text(told.Spend)} {told.Currency} so far",
                $"Expected: {Text(told.Expected)} {told.Currency} at its end, an estimate: in "
                    + $"{SpendForecast.Confidence} of 100 cases {Text(told.Low)} to {Text(told.High)}",
                $"Limit:    {Text(told.Limit)} {told.Currency}",
            ]),
        _ => throw new ArgumentException($"{crossing.GetType().Name} is no crossing.", nameof(crossing)),
    };

    /// <summary>Every digit that says something, two decimals at least.</summary>
    private static string Text(decimal amount) => amount.ToString("0.00##########", CultureInfo.InvariantCulture);

    private static string Scope(BudgetTerms terms)
    {
        var whose = terms.Source is SpendSource.Carrier ? "the carrier's amounts" : "the rate deck's amounts";
        return terms switch
        {
            { Number: { } number } => $"number {number}, {whose}",
            { CostCentre: { } centre } => $"cost centre {centre}, {whose}",
            _ => $"the whole company, {whose}",
        };
    }
}
