using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>The figures of a range by cost centre.</summary>
/// <param name="Definitions">What the figures mean: docs/glossary.md.</param>
/// <param name="Tzdb">Version of the zone rules that the range's bounds are of.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="AsOf">The place in the ledger up to which facts are in the figures.</param>
/// <param name="Totals">Of the company; every figure but averages and rates is the sum of the rows'.</param>
/// <param name="Rows">One per cost centre with anything in the range, by name; first what has none.</param>
public sealed record CentreUsageReport(
    string Definitions, string Zone, string Tzdb, OffsetDateTime From, OffsetDateTime To, long AsOf, Figures Totals,
    IReadOnlyList<CentreUsage> Rows);

/// <param name="CostCentre">Empty for what belongs to none.</param>
public sealed record CentreUsage(string CostCentre, Figures Figures);

/// <summary>What of a company's usage belongs to which cost centre.</summary>
public static class GetUsageByCostCentre
{
    public sealed record CentreUsageAsk
    {
        [Description("Start, inclusive: a time on a quarter of an hour, or a date; else 30 days before to.")]
        public string? From { get; init; }

        [Description("End, exclusive: likewise. The end of today when left out.")]
        public string? To { get; init; }

        [Description("IANA zone; the company's when left out.")]
        public string? Zone { get; init; }
    }

    public static void Map(RouteGroupBuilder api) => api.MapGet("/usage/cost-centres", GetAsync)
        .Allow(Permissions.ReadOperations)
        .WithName("GetUsageByCostCentre")
        .WithSummary("Figures of a range, one row per cost centre; the rows add up to the company's.")
        .WithTags("Usage")
        .Produces<CentreUsageReport>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> GetAsync(
        [AsParameters] CentreUsageAsk ask, ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones,
        IClock clock, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        if (await zones.AskedAsync(ask.Zone, company, stop) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var range = AskedRange.Of(
            ask.From, ask.To, zone, UsageStep.Month, clock.GetCurrentInstant(), out var refusal);
        if (range is null)
        {
            return Problems.Invalid(refusal!.Field, refusal.Reason);
        }
        var (asOf, whole, centres) = await database.ReadAsync(
            company, connection => UsageReading.ReadCentresAsync(connection, company, range, stop), stop);
        return Results.Ok(new CentreUsageReport(
            GetUsage.Definitions, zone.Id, CompanyZones.TzdbVersion, range.Points[0].Start, range.Points[^1].End,
            asOf, Figures.Of(whole), [.. Rows(whole, centres)]));
    }

    /// <summary>Everything counts for one cost centre at most, so what is left belongs to none.</summary>
    private static IEnumerable<CentreUsage> Rows(
        UsageFigures whole, List<(string CostCentre, UsageFigures Sums)> centres)
    {
        var none = new UsageFigures();
        none.Add(whole);
        centres.ForEach(centre => none.Add(centre.Sums, -1));
        return centres.Select(centre => new CentreUsage(centre.CostCentre, Figures.Of(centre.Sums)))
            .Prepend(new("", Figures.Of(none)));
    }
}
