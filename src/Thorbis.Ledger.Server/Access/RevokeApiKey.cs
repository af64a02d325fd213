using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Lists the keys of a company and ends them: refused within <see cref="Memberships.MaxAge"/>.</summary>
public static class RevokeApiKey
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/api-keys", GetAsync).Allow(Permissions.ReadAccess)
            .WithName("GetApiKeys")
            .WithSummary("The company's API keys, without their secrets, and when each was last used.")
            .Produces<Page<ApiKeyView>>();
        api.MapDelete("/api-keys/{keyId:guid}", DeleteAsync).Allow(Permissions.ManageAccess)
            .WithName("RevokeApiKey").WithSummary("End an API key; repeating it is harmless.")
            .Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> GetAsync(HttpContext context, Memberships memberships, CancellationToken stop) =>
        Results.Ok(new Page<ApiKeyView>(await memberships.KeysAsync(Actor.Of(context.User).Company, stop), null));

    private static async Task<IResult> DeleteAsync(
        Guid keyId, HttpContext context, FactTransactions transactions, Memberships memberships, IClock clock,
        CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        var revoked = new ApiKeyRevoked(keyId, clock.GetCurrentInstant(), actor.Id);
        await using var change = await transactions.BeginAsync(stop);
        var ended = await change.ExecuteAsync(
            "update platform.api_key set revoked_at = $3 where key_id = $1 and tenant_id = $2 and revoked_at is null",
            stop, keyId, actor.Company, revoked.OccurredAt);
        if (ended == 0)
        {
            var keys = await memberships.KeysAsync(actor.Company, stop);
            return keys.Any(key => key.KeyId == keyId) ? Results.NoContent() : Problems.NotFound("API key");
        }
        await change.AppendAsync(actor.Company, $"apikey/{keyId}", [revoked], stop);
        await change.CommitAsync(stop);
        memberships.Forget($"key:{keyId}");
        return Results.NoContent();
    }
}
