using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>A company makes a key for one of its programs.</summary>
public static class CreateApiKey
{
    public sealed record CreateApiKeyRequest(string Name, Role Role);

    /// <param name="Secret">Shown this once: sent as <c>Authorization: Bearer …</c>. Only its hash is kept.</param>
    public sealed record ApiKeyCreatedView(Guid KeyId, string Secret);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/api-keys", PostAsync).Allow(Permissions.ManageAccess)
            .WithName("CreateApiKey").WithSummary("Make an API key; its secret is shown once.")
            .Produces<ApiKeyCreatedView>(201).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(
        CreateApiKeyRequest request, HttpContext context, FactTransactions transactions, IClock clock,
        CancellationToken stop)
    {
        var actor = Actor.Of(context.User);
        var decision = MemberDecider.CreateKey(
            Guid.CreateVersion7(), request.Name, request.Role, actor.AsMember(), clock.GetCurrentInstant());
        if (decision is Refused<ApiKeyFact> refused)
        {
            return refused.Why.ToProblem();
        }
        var created = (ApiKeyCreated)((Accepted<ApiKeyFact>)decision).Facts[0];
        var (secret, hash) = ApiKeySecret.Create(created.KeyId);
        await using var change = await transactions.BeginAsync(stop);
        await change.ExecuteAsync("""
            insert into platform.api_key (key_id, tenant_id, name, role, secret_hash, created_at, created_by)
            values ($1, $2, $3, $4, $5, $6, $7)
            """, stop, created.KeyId, actor.Company, created.Name, Words.Of(created.Role), hash,
            created.OccurredAt, created.By);
        await change.AppendAsync(actor.Company, $"apikey/{created.KeyId}", [created], stop);
        await change.CommitAsync(stop);
        return Results.Created((string?)null, new ApiKeyCreatedView(created.KeyId, secret));
    }
}
