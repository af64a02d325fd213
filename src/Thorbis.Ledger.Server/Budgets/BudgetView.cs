using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Budgets;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>A budget with the present month's spend, as it is in the ledger now.</summary>
/// <param name="Version">To be sent back with a revision.</param>
/// <param name="Recipients">Addresses that get an e-mail; an erased one is left out.</param>
/// <param name="Period">First day of the present month, in the company's zone.</param>
/// <param name="Spend">Of the period up to now, in <paramref name="Currency"/>.</param>
/// <param name="Percent">Of the limit, with one decimal; left out of a limit of 0.</param>
/// <param name="OtherCurrencies">Spend of the period that does not count, because it is in another currency.</param>
/// <param name="Forecast">An estimate of the period's spend when it ends.</param>
/// <param name="Crossings">Of the present period; of a single budget those of every period, the latest first.</param>
public sealed record BudgetView(
    Guid BudgetId, int Version, string Name, SpendSource Source, string? Number, string? CostCentre, decimal Limit,
    string Currency, IReadOnlyList<int> Thresholds, bool ForecastAlert, IReadOnlyList<string> Recipients,
    Instant DefinedAt, string DefinedBy, Instant? RetiredAt, LocalDate Period, string Zone, decimal Spend,
    decimal? Percent, IReadOnlyList<Money> OtherCurrencies, SpendForecast Forecast,
    IReadOnlyList<CrossingView> Crossings);

/// <summary>What a budget told of; never taken back.</summary>
/// <param name="Period">First day of the month.</param>
/// <param name="Threshold">Percent of the limit; 100 of a forecast's.</param>
/// <param name="ByForecast">The limit was expected to be reached, not reached.</param>
/// <param name="Spend">That was seen then.</param>
/// <param name="Expected">At the end of the period, as estimated then; of a forecast's alone.</param>
/// <param name="Limit">As it was then.</param>
/// <param name="SpendNow">Of that period as the ledger has it now, late corrections included.</param>
/// <param name="BelowNow">Late corrections have brought the period below the threshold; of a forecast's, its spend is
/// below the limit.</param>
/// <param name="Notifications">What became of telling it.</param>
public sealed record CrossingView(
    LocalDate Period, int Threshold, bool ByForecast, Instant CrossedAt, decimal Spend, decimal? Expected,
    decimal Limit, string Currency, decimal SpendNow, bool BelowNow, IReadOnlyList<NotificationView> Notifications);

/// <param name="To">The recipient's address, or the host of the endpoint; left out once either is gone.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="Error">Of the last attempt.</param>
public sealed record NotificationView(
    string Kind, string? To, string State, int Attempts, Instant? DeliveredAt, string? Error);
