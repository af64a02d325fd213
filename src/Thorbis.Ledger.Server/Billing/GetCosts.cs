using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What a range cost. Amounts of the carrier and of the deck stand side by side.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="AsKnownSeq">The place in the ledger that the answer stands at; asked again, it is the same.</param>
/// <param name="Provisional">More may become known of the instant asked for.</param>
/// <param name="Totals">Per source and currency: the sums of the rows, to the last digit.</param>
public sealed record CostReport(
    string Definitions, string Zone, string Tzdb, OffsetDateTime From, OffsetDateTime To, string? By, long AsKnownSeq,
    bool Provisional, IReadOnlyList<CostTotal> Totals, IReadOnlyList<CostGroup> Rows);

/// <param name="Source"><c>carrier</c> or <c>deck</c>; never added together.</param>
/// <param name="Currency">Empty where the carrier told none.</param>
public sealed record CostTotal(string Source, string Currency, long Lines, decimal Amount);

/// <param name="Start">Of its step of the series, inclusive; null without one.</param>
/// <param name="Service">Null where it was not asked for, empty where lines have none; as the four after it.</param>
/// <param name="Quantity">Seconds of minutes, days of months, else units: of one service it has a meaning.</param>
public sealed record CostGroup(
    OffsetDateTime? Start, OffsetDateTime? End, string? Service, string? Number, string? Direction, string? Country,
    string? CostCentre, string Source, string Currency, long Lines, long Quantity, decimal Amount);

public static class GetCosts
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/costs", GetAsync)
        .Allow(Permissions.ReadCosts)
        .WithName("GetCosts")
        .WithSummary("Costs of a range by service, number, direction, country, cost centre or time; as known at any.")
        .WithTags("Costs")
        .Produces<CostReport>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> GetAsync(
        [AsParameters] CostAsk ask, ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        if (await zones.AskedAsync(ask.Zone, company, stop) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var (question, problem) = CostQuestion.Of(ask, zone, await zones.OfAsync(company, stop));
        return question is null
            ? problem!
            : await database.ReadAsync(company, async connection =>
            {
                // Sums of hundreds of thousands of rows by text: with less, Postgres sorts them on disk.
                await using var memory = connection.Command("set local work_mem = '64MB'");
                await memory.ExecuteNonQueryAsync(stop);
                var (known, refused) = await KnownAt.FindAsync(
                    ask.AsKnownAt, ask.AsKnownSeq, ("asKnownAt", "asKnownSeq"), connection, stop);
                return known is null ? refused! : Results.Ok(Report(
                    question, known, await CostReading.ReadAsync(question, known, company, connection, stop)));
            }, stop);
    }

    private static CostReport Report(CostQuestion question, KnownAt known, (long Sequence, List<CostSum> Sums) read)
    {
        var range = question.Range;
        var by = question.Keys.Select(Words.Of).Concat(question.Step is { } step ? [Words.Of(step)] : []);
        return new(
            GetUsage.Definitions, range.Zone.Id, CompanyZones.TzdbVersion, range.Points[0].Start,
            range.Points[^1].End, string.Join(',', by) is { Length: > 0 } asked ? asked : null, read.Sequence,
            known.Provisional,
            [
                .. read.Sums.GroupBy(sum => (sum.Source, sum.Currency))
                    .OrderBy(g => g.Key.Source, StringComparer.Ordinal)
                    .ThenBy(g => g.Key.Currency, StringComparer.Ordinal)
                    .Select(g => new CostTotal(
                        g.Key.Source, g.Key.Currency, g.Sum(sum => sum.Lines), g.Sum(sum => sum.Amount))),
            ],
            [.. read.Sums.Select(sum => Group(question, sum))]);
    }

    private static CostGroup Group(CostQuestion question, CostSum sum)
    {
        var point = question.Step is null ? null : question.Range.Points[sum.Point!.Value];
        return new(
            point?.Start, point?.End, sum.Of(CostKey.Service), sum.Of(CostKey.Number), sum.Of(CostKey.Direction),
            sum.Of(CostKey.Country), sum.Of(CostKey.CostCentre), sum.Source, sum.Currency, sum.Lines, sum.Quantity,
            sum.Amount);
    }
}
