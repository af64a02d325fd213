using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Companies;

/// <param name="SuspendedAt">Null while its members and keys may come in.</param>
public sealed record CompanyView(string CompanyId, string Name, string Zone, Instant CreatedAt, Instant? SuspendedAt);

/// <summary>The companies of the platform, for operators.</summary>
public static class GetCompanies
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/operator/companies", GetAsync).AllowOperators()
            .WithName("GetCompanies").WithSummary("All companies, by id.")
            .Produces<Page<CompanyView>>().ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        LedgerDatabase database, CancellationToken stop, string? cursor = null, int? limit = null)
    {
        if (PageRequest.Refuse(cursor, limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        await using var command = database.Owner.Command("""
            select company_id, name, zone, created_at, suspended_at from platform.company
            where company_id > $1 order by company_id limit $2
            """, after, size + 1);
        var rows = await command.ListAsync(row => new CompanyView(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<Instant>(3),
            row.Value<Instant>(4)), stop);
        return Results.Ok(Page.Of(rows, size, row => [row.CompanyId]));
    }
}
