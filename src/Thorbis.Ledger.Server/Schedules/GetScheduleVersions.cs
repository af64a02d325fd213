using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Npgsql;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>All that was ever decided of a schedule: who, when, from when on, why, from where.</summary>
public static class GetScheduleVersions
{
    private const string Sql = """
        select seq_id, type, data::text from ledger.mt_events
        where tenant_id = $1 and stream_id = $2 and version < $3 order by version desc limit $4
        """;

    /// <param name="Terms">Whole.</param>
    public sealed record ScheduleTermsView(ScheduleVersionView Decided, Schedule Terms);

    public static void Map(RouteGroupBuilder api)
    {
        var versions = api.MapGroup("/schedules/{scheduleId:guid}/versions").WithTags("Schedules");
        versions.MapGet("", ListAsync).Allow(Permissions.ReadScheduleVersions)
            .WithName("GetScheduleVersions").WithSummary("What was decided of a schedule, the latest first.")
            .Produces<Page<ScheduleVersionView>>().ProducesProblem(404).ProducesProblem(422);
        versions.MapGet("/{version:int:min(1)}", GetAsync).Allow(Permissions.ReadScheduleVersions)
            .WithName("GetScheduleVersion").WithSummary("One version with its terms, in force or not.")
            .Produces<ScheduleTermsView>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        Guid scheduleId, [AsParameters] PageAsk ask, ClaimsPrincipal user, LedgerDatabase database,
        CancellationToken stop)
    {
        if (PageRequest.Refuse(ask.Cursor, ask.Limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var before = long.MaxValue;
        if (after.Length > 0
            && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Problems.Invalid("cursor", "This is not a cursor of this list.");
        }
        var found = await ReadAsync(user, database, scheduleId, before, size + 1, View, stop);
        return found.Count == 0
            ? Problems.NotFound("schedule")
            : Results.Ok(Page.Of(found, size, view => [$"{view.Version}"]));
    }

    private static async Task<IResult> GetAsync(
        Guid scheduleId, int version, ClaimsPrincipal user, LedgerDatabase database, CancellationToken stop) =>
        await ReadAsync(
            user, database, scheduleId, version + 1L, 1,
            (sequence, fact) => new ScheduleTermsView(View(sequence, fact), fact.Terms), stop)
            is [var found] && found.Decided.Version == version
            ? Results.Ok(found)
            : Problems.NotFound("version");

    private static async Task<List<TView>> ReadAsync<TView>(
        ClaimsPrincipal user, LedgerDatabase database, Guid scheduleId, long before, int rows,
        Func<long, ScheduleFact, TView> view, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return await database.ReadAsync(company, async connection =>
        {
            await using var command = connection.Command(
                Sql, company, ScheduleTable.StreamOf(scheduleId), before, rows);
            return await command.ListAsync(row => view(row.GetInt64(0), Read(row)), stop);
        }, stop);
    }

    private static ScheduleFact Read(NpgsqlDataReader row) => (ScheduleFact)JsonSerializer.Deserialize(
        row.GetString(2), FactCatalogue.TypeOf(row.GetString(1)), LedgerJson.Options)!;

    private static ScheduleVersionView View(long sequence, ScheduleFact fact) => new(
        fact.Version, sequence, FactCatalogue.NameOf(fact.GetType()), fact.OccurredAt, fact.EffectiveAt, fact.By,
        fact.Reason, fact.Address);
}
