using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>Two points of knowledge: an instant or a place in the ledger each.</summary>
public sealed record ChangesAsk
{
    [Description("What was known at this instant is left out.")]
    public string? SinceKnownAt { get; init; }

    [Description("What was known at this place of the ledger is left out.")]
    public long? SinceSeq { get; init; }

    [Description("What became known later is left out; nothing when left out.")]
    public string? UntilKnownAt { get; init; }

    [Description("Likewise, by place of the ledger.")]
    public long? UntilSeq { get; init; }
}

/// <summary>What became known of a range between two points.</summary>
/// <param name="SinceSeq">Exclusive.</param>
/// <param name="UntilSeq">Inclusive.</param>
/// <param name="Provisional">More may become known of the later point.</param>
/// <param name="Totals">The difference between the totals as known at the two points.</param>
public sealed record CostChanges(
    long SinceSeq, long UntilSeq, bool Provisional, IReadOnlyList<CostTotal> Totals, Page<CostLineRow> Lines);

public static class GetCostChanges
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/costs/changes", GetAsync)
        .Allow(Permissions.ReadCosts)
        .WithName("GetCostChanges")
        .WithSummary("The lines of a range that became known between two points, and what they change.")
        .WithTags("Costs")
        .Produces<CostChanges>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> GetAsync(
        [AsParameters] CostLineFilter filter, [AsParameters] ChangesAsk ask, [AsParameters] PageAsk page,
        ClaimsPrincipal user, LedgerDatabase database, CompanyZones zones, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var zone = await zones.OfAsync(company, stop);
        return await database.ReadAsync(
            company, connection => ReadAsync(connection, company, zone, filter, ask, page, stop), stop);
    }

    private static async Task<IResult> ReadAsync(
        NpgsqlConnection connection, string company, DateTimeZone zone, CostLineFilter filter, ChangesAsk ask,
        PageAsk page, CancellationToken stop)
    {
        var (since, refused) = await KnownAt.FindAsync(
            ask.SinceKnownAt, ask.SinceSeq, ("sinceKnownAt", "sinceSeq"), connection, stop);
        var (until, refusedToo) = await KnownAt.FindAsync(
            ask.UntilKnownAt, ask.UntilSeq, ("untilKnownAt", "untilSeq"), connection, stop);
        if (refused is not null || refusedToo is not null)
        {
            return refused ?? refusedToo!;
        }
        if (since!.Sequence is not { } from)
        {
            return Problems.Invalid("sinceSeq", "Say since when: sinceSeq or sinceKnownAt.");
        }
        var to = until!.Sequence ?? await KnownAt.ProgressAsync(connection, stop);
        var selection = new Selection(company);
        filter.Apply(selection, zone);
        selection.Where("seq > ?", from).Where("seq <= ?", to);
        if (selection.Problem is { } problem)
        {
            return problem;
        }
        var totals = await TotalsAsync(connection, selection, stop);
        page.AfterPlace(selection, "occurred_at");
        return selection.Problem ?? Results.Ok(new CostChanges(
            from, to, until.Provisional, totals, await page.ReadAsync(
                connection, selection,
                $"""
                select {CostLineRow.Columns} from ledger.cost_line where {selection.Sql}
                order by occurred_at desc, seq desc, ordinal desc
                """,
                CostLineRow.Read, CostLineRow.Key, stop)));
    }

    private static async Task<List<CostTotal>> TotalsAsync(
        NpgsqlConnection connection, Selection selection, CancellationToken stop)
    {
        await using var command = selection.Command(connection, $"""
            select source, currency, count(*), sum(amount) from ledger.cost_line where {selection.Sql}
            group by source, currency order by source, currency
            """);
        return await command.ListAsync(
            row => new CostTotal(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetDecimal(3)), stop);
    }
}
