using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Domain.ChangeSets;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Notifications;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>Which facts the trail has: everything that people, programs and the ledger's own rules decided. What the
/// carrier told, and what is only derived, is not in it.</summary>
internal static class TrailKinds
{
    /// <summary>Derived by the ledger from what is known, or compared with it: nothing is another way afterwards.
    /// </summary>
    public static readonly IReadOnlyList<Type> NoChange =
        [typeof(NumberMonthStarted), typeof(BudgetThresholdCrossed), typeof(BudgetForecastCrossed)];

    private static readonly (string Family, Type[] Facts)[] Members =
    [
        ("rules", [typeof(RuleBookFact)]),
        ("schedules", [typeof(ScheduleFact)]),
        ("menus", [typeof(MenuFact)]),
        ("mailboxes", [typeof(MailboxFact)]),
        ("team", [typeof(TeamFact)]),
        ("changeSets", [typeof(ChangeSetFact)]),
        ("numbers", [typeof(NumberClaimed), typeof(NumberConfirmed), typeof(CostCentreAssigned)]),
        ("members", [typeof(MemberFact), typeof(MemberCentreAssigned)]),
        ("keys", [typeof(ApiKeyFact)]),
        ("customers", [typeof(CustomerFact)]),
        ("rates", [typeof(RateDeckFact)]),
        ("budgets", [typeof(BudgetDefined), typeof(BudgetRevised), typeof(BudgetRetired)]),
        ("goals", [typeof(GoalFact)]),
        ("statements", [typeof(StatementFact)]),
        ("webhooks", [typeof(NotificationEndpointFact)]),
        ("reconciliations", [typeof(ReconciliationFact), typeof(InvoiceFact)]),
    ];

    /// <summary>Family by the name that a fact is stored under.</summary>
    private static readonly Dictionary<string, string> Families = FactCatalogue.All
        .SelectMany(fact => Members
            .Where(family => family.Facts.Any(type => type.IsAssignableFrom(fact.Type)))
            .Select(family => (fact.Name, family.Family)))
        .ToDictionary(fact => fact.Name, fact => fact.Family);

    /// <summary>Stored names of all of them.</summary>
    public static readonly string[] All = [.. Families.Keys];

    public static readonly string Words = string.Join(", ", Members.Select(family => family.Family));

    public static string FamilyOf(string name) => Families[name];

    /// <summary>Stored names of a family's facts, or of the one that is named itself; empty for neither.</summary>
    public static IEnumerable<string> Named(string word) =>
        Families.Where(fact => fact.Value == word || fact.Key == word).Select(fact => fact.Key);
}
