using System.ComponentModel;
using System.Security.Claims;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Which webhooks to read again; at least one of the two.</summary>
/// <param name="Type">Event type, such as <c>call.cost</c>.</param>
/// <param name="State">failed, unintelligible, waiting or quarantined.</param>
/// <param name="Reason">Exactly as the quarantine shows it.</param>
public sealed record ReinterpretAsk(string? Type = null, string? State = null, string? Reason = null);

/// <param name="Accepted">Webhooks that will be read again.</param>
public sealed record ReinterpretAnswer(int Accepted);

/// <summary>A company has its own webhooks read again; an operator any, without seeing what they say.</summary>
public static class ReinterpretWebhooks
{
    private const int BulkMax = 100_000;

    private const string OwnSql = """
        select c.journal_id from intake.journal_company c left join intake.backlog b using (journal_id)
        where c.tenant_id = $1 and ($2::text is null or c.event_type = $2) and ($3::text is null or b.state = $3)
          and ($4::text is null or b.reason = $4)
        order by c.journal_id desc limit 100000
        """;

    private const string AnySql = """
        select journal_id from intake.backlog b join intake.entry e using (journal_id)
        where ($1::text is null or e.event_type = $1) and ($2::text is null or b.state = $2)
          and ($3::text is null or b.reason = $3)
        order by journal_id desc limit 100000
        """;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/journal/{id}/reinterpret", OneAsync).Allow(Permissions.Reinterpret).WithTags("Evidence")
            .WithName("ReinterpretWebhook").WithSummary("Reads one webhook of the company again from its stored bytes.")
            .Produces<ReinterpretAnswer>(202).ProducesProblem(404);
        api.MapPost("/journal/reinterpret", ManyAsync).Allow(Permissions.Reinterpret).WithTags("Evidence")
            .WithName("ReinterpretWebhooks")
                .WithSummary("Reads the company's webhooks of a type, state or reason again.")
            .WithDescription($"At most {BulkMax} at a time, the newest first.")
            .Produces<ReinterpretAnswer>(202).ProducesProblem(422);
        api.MapPost("/operator/journal/{id}/reinterpret", OperatorOneAsync).AllowOperators().WithTags("Operator")
            .WithName("OperatorReinterpretWebhook").WithSummary("Reads one webhook again, whoever it belongs to.")
            .Produces<ReinterpretAnswer>(202).ProducesProblem(404);
        api.MapPost("/operator/journal/reinterpret", OperatorManyAsync).AllowOperators().WithTags("Operator")
            .WithName("OperatorReinterpretWebhooks")
                .WithSummary("Reads webhooks that are not done again, by type, state or reason.")
            .WithDescription($"At most {BulkMax} at a time, the newest first.")
            .Produces<ReinterpretAnswer>(202).ProducesProblem(422);
    }

    private static async Task<IResult> OneAsync(
        [Description("The journal id.")] string id, ClaimsPrincipal user, LedgerDatabase database,
        Reinterpretation reinterpretation, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var own = Guid.TryParse(id, out var journalId) && await database.ReadAsync(
            company, connection => IsOwnAsync(connection, company, journalId, stop), stop);
        return own ? await AcceptAsync([journalId], reinterpretation, stop) : Problems.NotFound("webhook");
    }

    private static async Task<IResult> ManyAsync(
        ReinterpretAsk ask, ClaimsPrincipal user, LedgerDatabase database, Reinterpretation reinterpretation,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return Refuse(ask) ?? await AcceptAsync(
            await database.ReadAsync(company, async connection =>
            {
                await using var command = connection.Command(OwnSql, company, ask.Type, ask.State, ask.Reason);
                return await command.ListAsync(row => row.GetGuid(0), stop);
            }, stop),
            reinterpretation, stop);
    }

    private static async Task<IResult> OperatorOneAsync(
        [Description("The journal id.")] string id, Reinterpretation reinterpretation, CancellationToken stop) =>
        Guid.TryParse(id, out var journalId) && await reinterpretation.AgainAsync([journalId], stop) == 1
            ? Results.Accepted(null, new ReinterpretAnswer(1))
            : Problems.NotFound("webhook that can be read again");

    private static async Task<IResult> OperatorManyAsync(
        ReinterpretAsk ask, LedgerDatabase database, Reinterpretation reinterpretation, CancellationToken stop)
    {
        if (Refuse(ask) is { } refused)
        {
            return refused;
        }
        await using var command = database.Owner.Command(AnySql, ask.Type, ask.State, ask.Reason);
        return await AcceptAsync(await command.ListAsync(row => row.GetGuid(0), stop), reinterpretation, stop);
    }

    private static async Task<IResult> AcceptAsync(
        List<Guid> ids, Reinterpretation reinterpretation, CancellationToken stop) =>
        Results.Accepted(null, new ReinterpretAnswer(await reinterpretation.AgainAsync(ids, stop)));

    private static IResult? Refuse(ReinterpretAsk ask) =>
        ask is { Type: null, State: null, Reason: null }
            ? Problems.Invalid("type", "Name a type, a state or a reason: everything at once is never meant.")
            : null;

    private static async Task<bool> IsOwnAsync(NpgsqlConnection connection, string company, Guid id,
        CancellationToken stop)
    {
        await using var command = connection.Command(
            "select 1 from intake.journal_company where tenant_id = $1 and journal_id = $2", company, id);
        return await command.ExecuteScalarAsync(stop) is not null;
    }
}
