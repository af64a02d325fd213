using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Operators say which companies an account serves, and whose a connection of it is.</summary>
public static class TelnyxLinks
{
    public sealed record ConnectionRequest(string CompanyId);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/operator/telnyx-accounts/{accountId}/companies/{companyId}", PutCompanyAsync).AllowOperators()
            .WithName("ServeCompany").WithSummary("Let webhooks of the account be attributed to the company.")
            .Produces(204).ProducesProblem(404);
        api.MapPut("/operator/telnyx-accounts/{accountId}/connections/{connectionId}", PutConnectionAsync)
            .AllowOperators()
            .WithName("AssignConnection").WithSummary("Attribute a connection's calls where numbers do not tell.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> PutCompanyAsync(
        string accountId, string companyId, FactTransactions transactions, IBacklogRelease backlog,
        CancellationToken stop)
    {
        await using var change = await transactions.BeginAsync(stop);
        try
        {
            await change.ExecuteAsync("""
                insert into platform.account_company (account_id, company_id) values ($1, $2) on conflict do nothing
                """, stop, accountId, companyId);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return Problems.NotFound("account or company");
        }
        return await ReleaseAsync(change, backlog, $"account:{accountId}", stop);
    }

    private static async Task<IResult> PutConnectionAsync(
        string accountId, string connectionId, ConnectionRequest request, FactTransactions transactions,
        IBacklogRelease backlog, CancellationToken stop)
    {
        if (connectionId.Length > 100)
        {
            return Problems.Invalid("connectionId", "At most 100 characters.");
        }
        await using var change = await transactions.BeginAsync(stop);
        var assigned = await change.ExecuteAsync("""
            insert into platform.connection_owner (connection_id, account_id, tenant_id)
            select $1, account_id, company_id from platform.account_company where account_id = $2 and company_id = $3
            on conflict (account_id, connection_id) do update set tenant_id = excluded.tenant_id
            """, stop, connectionId, accountId, request.CompanyId);
        return assigned == 0
            ? Problems.Of(409, "company-not-served", "The account does not serve this company.",
                "Let the account serve the company first.")
            : await ReleaseAsync(change, backlog, $"connection:{connectionId}", stop);
    }

    private static async Task<IResult> ReleaseAsync(
        FactTransaction change, IBacklogRelease backlog, string key, CancellationToken stop)
    {
        await backlog.ReleaseAsync([key], change.Transaction, stop);
        await change.CommitAsync(stop);
        await backlog.WakeAsync(stop);
        return Results.NoContent();
    }
}
