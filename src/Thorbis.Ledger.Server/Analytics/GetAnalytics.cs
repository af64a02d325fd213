using System.ComponentModel;
using System.Data;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>What analytics are asked for.</summary>
public sealed record AnalyticsAsk
{
    [Description("Start, inclusive: a time on a quarter of an hour, or a date; else 30 days before to.")]
    public string? From { get; init; }

    [Description("End, exclusive: likewise. The end of today when left out.")]
    public string? To { get; init; }

    [Description("IANA zone; the company's when left out.")]
    public string? Zone { get; init; }

    [Description("One of the company's numbers, E.164; the whole company when left out.")]
    public string? Number { get; init; }
}

public static class GetAnalytics
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/analytics", Get)
        .Allow(Permissions.ReadOperations)
        .WithName("GetAnalytics")
        .WithSummary("Abandonment, answer rate, service level, waits, peak hours, geography and goals of a range.")
        .WithDescription("At most 10,000 hours. Each figure names its definition and links to the calls behind it.")
        .WithTags("Analytics")
        .Produces<AnalyticsReport>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] AnalyticsAsk ask, ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones,
        IClock clock, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        if (await zones.AskedAsync(ask.Zone, company, stop) is not { } zone)
        {
            return CompanyZones.Unknown;
        }
        var now = clock.GetCurrentInstant();
        if (AskedRange.Of(ask.From, ask.To, zone, UsageStep.Hour, now, out var refusal) is not { } range)
        {
            // The step is ours, so a range of too many is too long.
            return Problems.Invalid(refusal!.Field == "by" ? "to" : refusal.Field, refusal.Reason);
        }
        var number = string.IsNullOrEmpty(ask.Number) ? null : Selection.Address(ask.Number);
        return Results.Ok(await database.ReadAsync(
            company, connection => ReadAsync(connection, company, range, number, now, stop), stop,
            IsolationLevel.RepeatableRead));
    }

    private static async Task<AnalyticsReport> ReadAsync(
        NpgsqlConnection connection, string company, UsageRange range, string? number, Instant now,
        CancellationToken stop)
    {
        var (asOf, hours) = await UsageReading.ReadAsync(connection, company, number, range, stop);
        var waits = await WaitReading.ReadAsync(connection, company, number, range, stop);
        var calls = CallFilter.Of(range.From, range.To, number);
        var figures = new CallFigureSections(calls, hours, waits);
        return new(
            GetUsage.Definitions, range.Zone.Id, CompanyZones.TzdbVersion, range.Points[0].Start,
            range.Points[^1].End, number, asOf, figures.Abandonment(), figures.AnswerRate(), figures.ServiceLevel(),
            figures.Wait(), figures.WaitOfAbandoned(), figures.WaitOfVoicemail(), figures.QueueTime(),
            figures.PeakHours(range, now), await Geography.ReadAsync(connection, company, calls, now, stop),
            await Conversions.ReadAsync(connection, company, calls, now, stop));
    }
}
