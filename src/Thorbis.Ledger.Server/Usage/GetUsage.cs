using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>What figures are asked for.</summary>
public sealed record UsageAsk
{
    [Description("Start, inclusive: a time on a quarter of an hour, or a date; else 30 days before to.")]
    public string? From { get; init; }

    [Description("End, exclusive: likewise. The end of today when left out.")]
    public string? To { get; init; }

    [Description("IANA zone; the company's when left out.")]
    public string? Zone { get; init; }

    [Description("Steps of the series: hour, day, week or month; day when left out.")]
    public string? By { get; init; }

    [Description("One of the company's numbers, E.164; the whole company when left out.")]
    public string? Number { get; init; }

    [Description("One cost centre; the whole company when left out. Not with number.")]
    public string? CostCentre { get; init; }
}

public static class GetUsage
{
    public const string Definitions = "definitions/1";

    /// <summary>Why a number and a cost centre are refused together.</summary>
    internal const string OneOfBoth = "Ask for a number or for a cost centre, not for both at once.";

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
        if (!TryNarrow(ask.Number, ask.CostCentre, out var number, out var centre))
        {
            return Problems.Invalid("costCentre", OneOfBoth);
        }
        var (asOf, sums) = await database.ReadAsync(
            company, connection => ReadAsync(connection, company, number, centre, range, stop), stop);
        return Results.Ok(Report(range, number, centre, asOf, sums));
    }

    /// <summary>What is asked for of a company; both null: all of it.</summary>
    /// <returns>False where both are asked for: sums are not kept by both at once.</returns>
    internal static bool TryNarrow(
        string? askedNumber, string? askedCentre, out string? number, out string? costCentre)
    {
        number = string.IsNullOrEmpty(askedNumber) ? null : Selection.Address(askedNumber);
        costCentre = string.IsNullOrEmpty(askedCentre) ? null : askedCentre;
        return number is null || costCentre is null;
    }

    internal static Task<(long AsOf, UsageFigures[] Points)> ReadAsync(
        NpgsqlConnection connection, string company, string? number, string? costCentre, UsageRange range,
        CancellationToken stop) => costCentre is null
            ? UsageReading.ReadAsync(connection, company, number, range, stop)
            : UsageReading.ReadCentreAsync(connection, company, costCentre, range, stop);

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

    private static UsageReport Report(
        UsageRange range, string? number, string? costCentre, long asOf, UsageFigures[] sums)
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
            Words.Of(range.By), number, costCentre, asOf, Figures.Of(totals), [.. series]);
    }
}
