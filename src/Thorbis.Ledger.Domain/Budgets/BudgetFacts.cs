using NodaTime;

namespace Thorbis.Ledger.Domain.Budgets;

/// <summary>A fact of one budget; stream <c>budget/{id}</c>.</summary>
public abstract record BudgetFact(Guid BudgetId, Instant OccurredAt) : Fact(OccurredAt);

/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record BudgetDefined(Guid BudgetId, Instant OccurredAt, BudgetTerms Terms, string By)
    : BudgetFact(BudgetId, OccurredAt);

/// <param name="Version">From 2 on, without gaps: the one that these terms made.</param>
/// <param name="Terms">As they are from now on, whole.</param>
/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record BudgetRevised(Guid BudgetId, Instant OccurredAt, int Version, BudgetTerms Terms, string By)
    : BudgetFact(BudgetId, OccurredAt);

/// <summary>The budget watches nothing from now on; what it told of stays.</summary>
/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record BudgetRetired(Guid BudgetId, Instant OccurredAt, string By) : BudgetFact(BudgetId, OccurredAt);

/// <summary>The spend of a period was seen at or above a threshold: once, and never taken back.</summary>
/// <param name="OccurredAt">When the ledger saw it.</param>
/// <param name="Period">First day of the month, in the company's zone.</param>
/// <param name="Threshold">Percent of the limit.</param>
/// <param name="Spend">The period's sum that was seen, in <paramref name="Currency"/>.</param>
/// <param name="Version">Of the budget whose terms were met.</param>
public sealed record BudgetThresholdCrossed(
    Guid BudgetId, Instant OccurredAt, LocalDate Period, int Threshold, decimal Spend, decimal Limit, string Currency,
    int Version) : BudgetFact(BudgetId, OccurredAt);

/// <summary>The spend expected at the end of a period was seen at or above the limit, while the spend itself was
/// below it: once, and never taken back.</summary>
/// <param name="OccurredAt">When the ledger saw it.</param>
/// <param name="Period">First day of the month, in the company's zone.</param>
/// <param name="Spend">The period's sum at that instant, in <paramref name="Currency"/>.</param>
/// <param name="Expected">An estimate, as its interval from <paramref name="Low"/> to <paramref name="High"/>.</param>
/// <param name="Version">Of the budget whose terms were met.</param>
public sealed record BudgetForecastCrossed(
    Guid BudgetId, Instant OccurredAt, LocalDate Period, decimal Spend, decimal Expected, decimal Low, decimal High,
    decimal Limit, string Currency, int Version) : BudgetFact(BudgetId, OccurredAt);
