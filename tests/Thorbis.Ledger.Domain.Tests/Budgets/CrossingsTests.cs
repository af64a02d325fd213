using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Budgets;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Budgets;

public sealed class CrossingsTests
{
    private static readonly LocalDate March = new(2026, 3, 1);
    private static readonly int[] None = [];

    /// <summary>Limits with every zero they may have, thresholds, and spends that go up and down about them.</summary>
    private static readonly Gen<(decimal Limit, int[] Thresholds, decimal[] Spends)> Cases = Gen.Select(
        Gen.OneOf(0m, 0.01m, 1m, 99.99999999m, 100m),
        Gen.Int[1, 1000].ArrayUnique[1, 10],
        Gen.Int[-2_000, 120_000].Select(cents => cents / 100m).Array[1, 20]);

    [Theory, Table("""
        limit  thresholds  spend        told     crossed
        100    80,100      79.99999999  -        -
        100    80,100      80           -        80
        100    80,100      80           80       -        # Told of once.
        100    80,100      100          80       100
        100    80,100      250          -        80,100   # Both at once, one fact each.
        100    80,100      250          100      80
        100    1000        999.99       -        -
        100    1000        1000         -        1000
        0.03   33          0.0099       -        33       # 33 % of 0.03 exactly.
        0.03   33          0.00989999   -        -
        0      80,100      0            -        -        # Of a limit of 0 every part is 0,
        0      80,100      0.00000001   -        80,100   # and anything spent is above it.
        0      80,100      -5           -        -
        100    80,100      -5           -        -
        """)]
    public void A_spend_crosses_what_it_reaches_and_was_not_told_of(
        decimal limit, string thresholds, decimal spend, string? told, string? crossed)
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(limit, Percents(thresholds)));

        var facts = Crossings.Of(budget, March, spend, Percents(told), BudgetTests.Now);

        Assert.Equal(Percents(crossed), facts.Select(fact => fact.Threshold));
        Assert.All(facts, fact => Assert.Equal((March, spend, limit), (fact.Period, fact.Spend, fact.Limit)));
    }

    [Fact]
    public void Looked_at_twice_nothing_is_crossed_again() => Cases.Sample((limit, thresholds, spends) =>
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(limit, thresholds));
        var told = Told(budget, spends);

        return spends.All(spend => Crossings.Of(budget, March, spend, told, BudgetTests.Now).Count == 0);
    });

    [Fact]
    public void Any_order_with_the_same_highest_spend_crosses_the_same_each_once() => Cases
        .SelectMany(some => Gen.Shuffle(some.Spends).Select(mixed => (some.Limit, some.Thresholds, some.Spends, mixed)))
        .Sample((limit, thresholds, spends, mixed) =>
        {
            var budget = BudgetTests.Defined(BudgetTests.Terms(limit, thresholds));
            var told = Told(budget, mixed);

            return told.Distinct().Count() == told.Count
                && told.Order().SequenceEqual(Told(budget, spends).Order())
                && told.Order().SequenceEqual(Told(budget, [spends.Max()]).Order());
        });

    [Fact]
    public void A_crossings_id_follows_from_company_budget_period_and_threshold_alone()
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(100));
        var raised = budget with { Version = 2, Terms = budget.Terms with { Limit = 120 } };
        Guid Id(string company, Budget of, LocalDate period, decimal spend) => Crossings.IdOf(
            company, Crossings.Of(of, period, spend, None, BudgetTests.Now)[0]);

        var id = Id("acme", budget, March, 85);

        Assert.Equal(id, Id("acme", raised, March, 97));
        Assert.NotEqual(id, Id("globex", budget, March, 85));
        Assert.NotEqual(id, Id("acme", budget, March.PlusMonths(1), 85));
        Assert.NotEqual(id, Id("acme", budget with { BudgetId = new(1, 2, 3, new byte[8]) }, March, 85));
        Assert.NotEqual(id, Id("acme", budget with { Terms = BudgetTests.Terms(100, 81) }, March, 85));
    }

    /// <summary>Permanent: crossings of running ledgers have it.</summary>
    [Fact]
    public void A_crossings_id_stays_as_it_is() => Assert.Equal(
        new Guid("60a58cb4-206e-5ce8-b20e-892510105629"),
        Crossings.IdOf("acme", Crossings.Of(
            BudgetTests.Defined(BudgetTests.Terms(100)), March, 85, None, BudgetTests.Now)[0]));

    [Theory, Table("""
        wanted  spend  expected  crosses
        true    50     100       true
        true    50     99.99     false
        true    100    150       false    # The spend itself has told already.
        true    50     -         false    # Nothing can be said.
        false   50     100       false
        """)]
    public void A_forecast_crosses_where_it_is_wanted_and_the_spend_has_not(
        bool wanted, decimal spend, decimal? expected, bool crosses)
    {
        var budget = BudgetTests.Defined(BudgetTests.Terms(100) with { ForecastAlert = wanted });
        var forecast = new SpendForecast(expected, expected - 5, expected + 5, 20, null);

        var crossed = Crossings.OfForecast(budget, March, spend, forecast, BudgetTests.Now);

        Assert.Equal(crosses, crossed is not null);
        Assert.Equal(crosses ? (spend, expected) : (null, null), ((decimal?)crossed?.Spend, crossed?.Expected));
    }

    private static List<int> Told(Budget budget, IEnumerable<decimal> spends)
    {
        var told = new List<int>();
        foreach (var spend in spends)
        {
            told.AddRange(Crossings.Of(budget, March, spend, told, BudgetTests.Now).Select(fact => fact.Threshold));
        }
        return told;
    }

    private static int[] Percents(string? list) => list is null ? [] : [.. list.Split(',').Select(int.Parse)];
}
