using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Numbers;

/// <summary>The numbers companies say they hold.</summary>
public static class GetNumbers
{
    /// <param name="ConfirmedAt">Null for a claim that waits for an operator.</param>
    public sealed record OperatorNumberView(
        Guid OwnershipId, string CompanyId, string Number, Instant From, Instant? Until, Instant RegisteredAt,
        Instant? ConfirmedAt);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/numbers", GetAsync).Allow(Permissions.ReadOperations)
            .WithName("GetNumbers").WithSummary("The company's numbers, confirmed or claimed, in the order registered.")
            .Produces<Page<NumberView>>().ProducesProblem(422);
        api.MapGet("/operator/numbers", GetAsOperatorAsync).AllowOperators()
            .WithName("GetAllNumbers").WithSummary("The numbers of all companies; confirmed=false lists open claims.")
            .Produces<Page<OperatorNumberView>>().ProducesProblem(422);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, LedgerDatabase database, CancellationToken stop, string? cursor = null, int? limit = null)
    {
        if (PageRequest.RefuseById(cursor, limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        var rows = await database.ReadAsync(Actor.Of(context.User).Company, async connection =>
        {
            await using var command = connection.Command($"""
                select {NumberView.Columns} from platform.number_ownership
                where ownership_id > $1 order by ownership_id limit $2
                """, after, size + 1);
            return await command.ListAsync(NumberView.Read, stop);
        }, stop);
        return Results.Ok(Page.Of(rows, size, row => [row.OwnershipId.ToString()]));
    }

    private static async Task<IResult> GetAsOperatorAsync(
        LedgerDatabase database, CancellationToken stop, bool? confirmed = null, string? cursor = null,
        int? limit = null)
    {
        if (PageRequest.RefuseById(cursor, limit, out var after, out var size) is { } refused)
        {
            return refused;
        }
        await using var command = database.Owner.Command("""
            select ownership_id, tenant_id, number, lower(held), upper(held), registered_at, confirmed_at
            from platform.number_ownership
            where ownership_id > $1 and ($3::boolean is null or (confirmed_at is not null) = $3)
            order by ownership_id limit $2
            """, after, size + 1, confirmed);
        var rows = await command.ListAsync(row => new OperatorNumberView(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<Instant>(3), row.Value<Instant>(4),
            row.GetFieldValue<Instant>(5), row.Value<Instant>(6)), stop);
        return Results.Ok(Page.Of(rows, size, row => [row.OwnershipId.ToString()]));
    }
}
