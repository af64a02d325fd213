using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Numbers;

/// <summary>An operator confirms a claim: from then on what the number did in that time is the company's.</summary>
public static class ConfirmNumber
{
    private sealed record Claim(string Company, string Number, Instant From, Instant? Until, bool Confirmed);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/operator/numbers/{ownershipId:guid}/confirm", PostAsync).AllowOperators()
            .WithName("ConfirmNumber").WithSummary("Confirm a claim; webhooks that waited for it are attributed.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(
        Guid ownershipId, HttpContext context, FactTransactions transactions, IBacklogRelease backlog,
        NumberMonthClock months, IClock clock, CancellationToken stop)
    {
        await using var change = await transactions.BeginAsync(stop);
        if (await FindAsync(change.Connection, ownershipId, stop) is not { } claim)
        {
            return Problems.NotFound("number");
        }
        if (claim.Confirmed)
        {
            return Results.NoContent();
        }
        // Facts of a company's numbers are committed in the order of their sequences.
        await change.LockCompanyAsync(claim.Company, stop);
        var confirmed = new NumberConfirmed(
            claim.Number, clock.GetCurrentInstant(), claim.From, claim.Until, Actor.Of(context.User).Id);
        try
        {
            await change.ExecuteAsync(
                "update platform.number_ownership set confirmed_at = $2, confirmed_by = $3 where ownership_id = $1",
                stop, ownershipId, confirmed.OccurredAt, confirmed.By);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ExclusionViolation)
        {
            return Problems.Of(409, "number-taken", "The number is held by somebody in that time already.");
        }
        await change.AppendAsync(claim.Company, $"number/{claim.Number}", [confirmed], stop);
        await backlog.ReleaseAsync([$"number:{claim.Number}"], change.Transaction, stop);
        await change.CommitAsync(stop);
        await backlog.WakeAsync(stop);
        await months.TellAsync(claim.Company, stop);
        return Results.NoContent();
    }

    private static async Task<Claim?> FindAsync(NpgsqlConnection connection, Guid ownershipId, CancellationToken stop)
    {
        await using var command = connection.Command("""
            select tenant_id, number, lower(held), upper(held), confirmed_at is not null
            from platform.number_ownership where ownership_id = $1 for update
            """, ownershipId);
        var claims = await command.ListAsync(row => new Claim(
            row.GetString(0), row.GetString(1), row.GetFieldValue<Instant>(2), row.Value<Instant>(3),
            row.GetBoolean(4)), stop);
        return claims.SingleOrDefault();
    }
}
