using System.Globalization;
using System.Security.Claims;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>Everything that was changed, by whom, when, from where, why, and what it made different.</summary>
public static class GetTrail
{
    public static void Map(RouteGroupBuilder api)
    {
        var trail = api.MapGroup("").WithTags("Audit");
        trail.MapGet("/trail", GetAsync).Allow(Permissions.ReadTrail)
            .Recorded("trail.read", (Page<TrailEntry> page) => page.Items.Count)
            .WithName("GetTrail").WithSummary("Everything that was changed, the newest first, field by field.")
            .WithDescription("Reading it is recorded in the access log.")
            .Produces<Page<TrailEntry>>().ProducesProblem(422);
        trail.MapGet("/trail.csv", GetCsv).Allow(ExportTrail.Export.Roles)
            .WithName("GetTrailCsv").WithSummary("The file of /exports/trail.csv, beside what it is of.")
            .Produces(200, contentType: "text/csv").ProducesProblem(422);
    }

    private static async Task<IResult> GetAsync(
        [AsParameters] TrailFilter filter, [AsParameters] PageAsk ask, ClaimsPrincipal user, LedgerDatabase database,
        TrailReader reader, CancellationToken stop)
    {
        if (PageRequest.Refuse(ask.Cursor, ask.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var before = long.MaxValue;
        if (after.Length > 0 && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Problems.Invalid("cursor", "This is not a cursor of this list.");
        }
        var company = Actor.Of(user).Company;
        var selection = filter.Apply(new(company));
        return selection.Problem ?? Results.Ok(Page.Of(
            await database.ReadAsync(
                company,
                connection => reader.ReadAsync(connection, company, selection, before, size + 1, stop), stop),
            size, entry => [$"{entry.Sequence}"]));
    }

    private static Task<IResult> GetCsv(
        [AsParameters] TrailFilter filter, [AsParameters] ExportAsk ask, [AsParameters] Exporting exporting) =>
        exporting.SendAsync(ExportTrail.Export, ExportFormat.Csv, filter, ask);
}
