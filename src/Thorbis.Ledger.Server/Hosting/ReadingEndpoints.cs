using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Analytics;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Customers;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Live;
using Thorbis.Ledger.Server.Messages;
using Thorbis.Ledger.Server.Numbers;
using Thorbis.Ledger.Server.Rating;
using Thorbis.Ledger.Server.Statements;
using Thorbis.Ledger.Server.Reconciliation;
using Thorbis.Ledger.Server.Usage;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>What a company reads of its calls, messages, usage and evidence, its prices, costs, goals and customers,
/// and how all of it compares with what the carrier asks for.</summary>
public static class ReadingEndpoints
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton<CompanyZones>()
        .AddSingleton<NumberPlan>()
        .AddSingleton<NumberMonthClock>()
        .AddHostedService(provider => provider.GetRequiredService<NumberMonthClock>())
        .AddHostedService<LedgerMarks>()
        .AddStatements()
        .AddSingleton<LiveFeed>()
        .AddReconciliation()
        .AddExports()
        .AddHostedService(provider => provider.GetRequiredService<LiveFeed>());

    public static void MapReading(this RouteGroupBuilder api)
    {
        GetCalls.Map(api);
        GetCall.Map(api);
        GetMessages.Map(api);
        GetMessage.Map(api);
        GetUsage.Map(api);
        GetUsageByCostCentre.Map(api);
        GetAnalytics.Map(api);
        DefineGoal.Map(api);
        GetGoals.Map(api);
        RetireGoal.Map(api);
        api.MapExports();
        GetLive.Map(api);
        GetRateDeck.Map(api);
        PublishRateDeck.Map(api);
        GetCosts.Map(api);
        GetCostChanges.Map(api);
        GetCostLines.Map(api);
        ExplainCostLine.Map(api);
        RerateRange.Map(api);
        AssignCostCentre.Map(api);
        NameCustomer.Map(api);
        GetCustomers.Map(api);
        LinkParty.Map(api);
        AssignCustomerCentre.Map(api);
        api.MapStatements();
        api.MapReconciliation();
        GetJournal.Map(api);
        GetJournalEntry.Map(api);
        GetJournalBody.Map(api);
    }
}
