using NodaTime;
using Thorbis.Ledger.Domain.Budgets;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Budgets;

public sealed class BudgetTests
{
    internal const string Own = "+12025550100";
    internal static readonly Instant Now = Instant.FromUtc(2026, 3, 10, 12, 0);

    private static readonly string[] Held = [Own];

    [Theory, Table("""
        name   limit          currency  number        centre   thresholds  field
        calls  100            USD       -             -        80,100      -
        calls  0              USD       -             -        80,100      -            # An explicit 0 is a limit.
        calls  -0.01          USD       -             -        80,100      limit
        calls  1000000000000  USD       -             -        80,100      limit
        calls  0.000000001    USD       -             -        80,100      limit
        calls  100            usd       -             -        80,100      currency
        calls  100            USDX      -             -        80,100      currency
        calls  100            USD       +12025550100  -        80,100      -
        calls  100            USD       +12025550101  -        80,100      number       # Nobody's, or another's.
        calls  100            USD       2025550100    -        80,100      number
        calls  100            USD       -             Berlin   80,100      -
        calls  100            USD       +12025550100  Berlin   80,100      costCentre
        calls  100            USD       -             .        80,100      costCentre
        calls  100            USD       -             -        1,1000      -
        calls  100            USD       -             -        0           thresholds
        calls  100            USD       -             -        1001        thresholds
        calls  100            USD       -             -        80,80       thresholds
        calls  100            USD       -             -        1,2,3,4,5,6,7,8,9,10     -
        calls  100            USD       -             -        1,2,3,4,5,6,7,8,9,10,11  thresholds
        .      100            USD       -             -        80,100      name
        """)]
    public void A_budget_that_cannot_be_meant_is_refused_by_its_field(
        string name, decimal limit, string currency, string? number, string? centre, string thresholds, string? field)
    {
        var terms = Terms(limit) with
        {
            Name = name.Replace(".", " ", StringComparison.Ordinal),
            Currency = currency,
            Number = number,
            CostCentre = centre?.Replace(".", "", StringComparison.Ordinal),
            Thresholds = [.. thresholds.Split(',').Select(int.Parse)],
        };

        var decision = BudgetDecider.Define(Guid.Empty, terms, Held, 0, "user:a", Now);

        Assert.Equal(field, (decision as Refused<BudgetFact>)?.Why.Field);
    }

    [Fact]
    public void A_company_has_at_most_200_budgets()
    {
        var decision = BudgetDecider.Define(Guid.Empty, Terms(1), Held, BudgetDecider.BudgetsMax, "user:a", Now);

        Assert.Equal("too-many-budgets", Assert.IsType<Refused<BudgetFact>>(decision).Why.Code);
    }

    [Fact]
    public void A_revision_counts_the_version_and_the_same_terms_again_are_nothing()
    {
        var budget = Defined(Terms(100));
        var terms = Terms(0) with { Thresholds = [100, 50] };

        var revised = Assert.IsType<BudgetRevised>(Assert.Single(
            Facts(BudgetDecider.Revise(budget, 1, terms, Held, "user:b", Now))));
        var second = Budget.Evolve(budget, revised)!;

        Assert.Equal((2, 0m), (second.Version, second.Terms.Limit));
        Assert.Equal([50, 100], second.Terms.Thresholds);
        Assert.Empty(Facts(BudgetDecider.Revise(second, 2, terms, Held, "user:b", Now)));
    }

    [Fact]
    public void A_stale_edit_and_an_edit_of_a_retired_budget_are_refused()
    {
        var budget = Defined(Terms(100));
        var retired = Budget.Evolve(
            budget, Assert.IsType<BudgetRetired>(Assert.Single(Facts(BudgetDecider.Retire(budget, "user:a", Now)))))!;

        foreach (var version in new[] { 0, 2 })
        {
            Assert.Equal("stale-edit", Code(BudgetDecider.Revise(budget, version, Terms(1), Held, "user:a", Now)));
        }
        Assert.Equal("budget-retired", Code(BudgetDecider.Revise(retired, 1, Terms(1), Held, "user:a", Now)));
        Assert.Empty(Facts(BudgetDecider.Retire(retired, "user:a", Now)));
    }

    [Fact]
    public void A_number_that_was_given_up_can_still_be_watched_by_who_watched_it()
    {
        var budget = Defined(Terms(100) with { Number = Own });

        var decision = BudgetDecider.Revise(budget, 1, budget.Terms with { Limit = 5 }, [], "user:a", Now);

        Assert.Single(Facts(decision));
    }

    internal static BudgetTerms Terms(decimal limit, params int[] thresholds) => new(
        "calls", SpendSource.Carrier, null, null, limit, "USD", thresholds is [] ? [80, 100] : thresholds, false, []);

    internal static Budget Defined(BudgetTerms terms) => Budget.Evolve(null, Assert.Single(
        Facts(BudgetDecider.Define(Guid.Empty, terms, [terms.Number ?? Own], 0, "user:a", Now))))!;

    private static IReadOnlyList<BudgetFact> Facts(Decision<BudgetFact> decision) =>
        Assert.IsType<Accepted<BudgetFact>>(decision).Facts;

    private static string Code(Decision<BudgetFact> decision) =>
        Assert.IsType<Refused<BudgetFact>>(decision).Why.Code;
}
