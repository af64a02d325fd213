using NodaTime;

namespace Thorbis.Ledger.Domain.Budgets;

/// <summary>Whose word the spend of a budget is.</summary>
public enum SpendSource
{
    /// <summary>What the carrier reported.</summary>
    Carrier,

    /// <summary>What the company's rate deck says.</summary>
    Deck,
}

/// <summary>What a budget watches, and whom it tells.</summary>
/// <param name="Number">E.164 of the one own number watched; null for any.</param>
/// <param name="CostCentre">The one cost centre watched; null for any. Never beside a number.</param>
/// <param name="Limit">Of a month of the company's calendar; 0 is a limit of nothing at all.</param>
/// <param name="Currency">ISO 4217; spend in others does not count.</param>
/// <param name="Thresholds">Percent of the limit, ascending.</param>
/// <param name="ForecastAlert">Also tells when the forecast reaches the limit before the spend does.</param>
/// <param name="Recipients">Ids of the addresses that get an e-mail; the addresses themselves are erasable, facts are
/// not.</param>
public sealed record BudgetTerms(
    string Name, SpendSource Source, string? Number, string? CostCentre, decimal Limit, string Currency,
    IReadOnlyList<int> Thresholds, bool ForecastAlert, IReadOnlyList<Guid> Recipients)
{
    public bool SameAs(BudgetTerms other) =>
        other with { Thresholds = Thresholds, Recipients = Recipients } == this
        && Thresholds.SequenceEqual(other.Thresholds) && Recipients.SequenceEqual(other.Recipients);

    /// <summary>How much of the limit an amount is, in percent with one decimal; null of a limit of 0.</summary>
    public decimal? PercentOf(decimal spend) => Limit == 0
        ? null
        : decimal.Round(spend / Limit * 100, 1, MidpointRounding.AwayFromZero);
}

/// <summary>A budget, folded from the facts of its stream.</summary>
/// <param name="Version">1 as defined, one more with each revision.</param>
public sealed record Budget(
    Guid BudgetId, int Version, BudgetTerms Terms, Instant DefinedAt, string DefinedBy, Instant? RetiredAt)
{
    public static Budget? Evolve(Budget? budget, BudgetFact fact) => (budget, fact) switch
    {
        (null, BudgetDefined defined) =>
            new(defined.BudgetId, 1, defined.Terms, defined.OccurredAt, defined.By, null),
        (not null, BudgetRevised revised) => budget with { Version = revised.Version, Terms = revised.Terms },
        (not null, BudgetRetired retired) => budget with { RetiredAt = retired.OccurredAt },
        _ => budget,
    };
}
