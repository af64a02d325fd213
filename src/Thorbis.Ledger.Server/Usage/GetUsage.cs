using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>What figures are asked for.</summary>
public sealed record UsageAsk(
    [property: Description("Start, inclusive: a time on a quarter of an hour, or a date; else 30 days before to.")]
    string? From,
    [property: Description("End, exclusive: likewise. The end of today when left out.")] string? To,
    [property: Description("IANA zone; the company's when left out.")] string? Zone,
    [property: Description("Steps of the series: hour, day, week or month; day when left out.")] string? By,
    [property: Description("One of the company's numbers, E.164; the whole company when left out.")] string? Number);

public static class GetUsage
{
    public const string Definitions = "definitions/1";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/usage", Get)
        .Allow(Permissions.ReadOperations)
        .WithName("GetUsage")
        .WithSummary("Figures of a range: totals, and a series by hour, day, week or month of a zone.")
        .WithTags("Usage")
        .Produces<UsageReport>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] UsageAsk ask, ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones, IClock clock,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        if (await zones.AskedAsync(ask.Zone, company, stop) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var range = RangeOf(ask.From, ask.To, ask.By, zone, clock.GetCurrentInstant(), out var refusal);
        if (range is null)
        {
            return Problems.Invalid(refusal!.Field, refusal.Reason);
        }
        var number = string.IsNullOrEmpty(ask.Number) ? null : Selection.Address(ask.Number);
        var (asOf, sums) = await database.ReadAsync(
            company, connection => UsageReading.ReadAsync(connection, company, number, range, stop), stop);
        return Results.Ok(Report(range, number, asOf, sums));
    }

    /// <summary>The range as asked, or null with the refusal that says why not.</summary>
    internal static UsageRange? RangeOf(
        string? from, string? to, string? step, DateTimeZone zone, Instant now, out RangeRefusal? refusal)
    {
        if (Words.TryParse<UsageStep>(step, UsageStep.Day, out var by))
        {
            return AskedRange.Of(from, to, zone, by, now, out refusal);
        }
        refusal = new("by", $"Expected one of {string.Join(", ", Words.All<UsageStep>())}.");
        return null;
    }

    private static UsageReport Report(UsageRange range, string? number, long asOf, UsageFigures[] sums)
    {
        var totals = new UsageFigures();
        foreach (var point in sums)
        {
            totals.Add(point);
        }
        var series = range.Points.Zip(
            sums, (point, sum) => new UsageStepReport(point.Start, point.End, Figures.Of(sum)));
        return new(
            Definitions, range.Zone.Id, CompanyZones.TzdbVersion, range.Points[0].Start, range.Points[^1].End,
            Words.Of(range.By), number, asOf, Figures.Of(totals), [.. series]);
    }
}
