using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Companies;

/// <summary>An operator closes a company to its members and keys, and opens it again; webhooks are still
/// taken.</summary>
public static class SuspendCompany
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/operator/companies/{companyId}/suspend", SuspendAsync).AllowOperators()
            .WithName("SuspendCompany").WithSummary("Refuse the company's members and keys from now on.")
            .Produces(204).ProducesProblem(404);
        api.MapPost("/operator/companies/{companyId}/resume", ResumeAsync).AllowOperators()
            .WithName("ResumeCompany").WithSummary("Let the company's members and keys in again.")
            .Produces(204).ProducesProblem(404);
    }

    private static Task<IResult> SuspendAsync(
        string companyId, HttpContext context, LedgerDatabase database, Memberships memberships, AccessLog log,
        IClock clock, CancellationToken stop) =>
        SetAsync(companyId, clock.GetCurrentInstant(), context, database, memberships, log, stop);

    private static Task<IResult> ResumeAsync(
        string companyId, HttpContext context, LedgerDatabase database, Memberships memberships, AccessLog log,
        CancellationToken stop) =>
        SetAsync(companyId, null, context, database, memberships, log, stop);

    private static async Task<IResult> SetAsync(
        string companyId, Instant? suspendedAt, HttpContext context, LedgerDatabase database, Memberships memberships,
        AccessLog log, CancellationToken stop)
    {
        await using var command = database.Owner.Command("""
            update platform.company
            set suspended_at = case when $2::timestamptz is null then null else coalesce(suspended_at, $2) end
            where company_id = $1
            """, companyId, suspendedAt);
        if (await command.ExecuteNonQueryAsync(stop) == 0)
        {
            return Problems.NotFound("company");
        }
        memberships.ForgetAll();
        var action = suspendedAt is null ? "company.resumed" : "company.suspended";
        await log.RecordAsync(companyId, Actor.Of(context.User).Id, action, null, stop);
        return Results.NoContent();
    }
}
