using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

public static class GetCall
{
    private const string Sql =
        $"select {CallRow.Columns}, state::text from ledger.call where tenant_id = $1 and call_id = $2";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/calls/{id}", Get)
        .Allow(Permissions.ReadOperations)
        .WithName("GetCall")
        .WithSummary("One call: legs, cost as the carrier reported it, and its facts with their evidence.")
        .WithDescription("Typed digits beyond single menu keys are masked.")
        .WithTags("Calls")
        .Produces<CallDetails>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(
        [Description("The call's id, as lists show it.")] string id, ClaimsPrincipal user, LedgerDatabase database,
        IClock clock, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var now = clock.GetCurrentInstant();
        var call = await database.ReadAsync(company, connection => ReadAsync(connection, company, id, now, stop), stop);
        return call is null ? Problems.NotFound("call") : Results.Ok(call);
    }

    private static async Task<CallDetails?> ReadAsync(
        NpgsqlConnection connection, string company, string id, Instant now, CancellationToken stop)
    {
        if (await FindAsync(connection, company, id, now, stop) is not var (row, state))
        {
            return null;
        }
        var legs = state.Legs.Select(CallLeg.Of).OrderBy(leg => leg.Start?.At ?? Instant.MaxValue);
        return new(row, [.. legs], await Timeline.ReadAsync(connection, company, $"call/{id}", stop));
    }

    private static async Task<(CallRow Row, Call State)?> FindAsync(
        NpgsqlConnection connection, string company, string id, Instant now, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new() { Value = company }, new() { Value = id } },
        };
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? (CallRow.Read(rows, now), rows.State<Call>(CallRow.ColumnCount))
            : null;
    }
}
