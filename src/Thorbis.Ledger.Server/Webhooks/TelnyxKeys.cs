using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Operators add the keys that sign an account's webhooks, and retire them, while the server runs.</summary>
public static class TelnyxKeys
{
    /// <param name="PublicKey">Ed25519, base64 of 32 bytes, as Telnyx's portal shows it.</param>
    public sealed record AddKeyRequest(string PublicKey);

    public sealed record KeyAddedView(Guid KeyId);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/operator/telnyx-accounts/{accountId}/keys", PostAsync).AllowOperators()
            .WithName("AddTelnyxKey").WithSummary("Add a webhook key; what could not be verified is tried again.")
            .Produces<KeyAddedView>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/operator/telnyx-keys/{keyId:guid}/retire", RetireAsync).AllowOperators()
            .WithName("RetireTelnyxKey").WithSummary("Accept no more webhooks by this key; old evidence still checks.")
            .Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> PostAsync(
        string accountId, AddKeyRequest request, LedgerDatabase database, IUnverifiedRing unverified, IClock clock,
        CancellationToken stop)
    {
        var key = new byte[48];
        if (!Convert.TryFromBase64String(request.PublicKey, key, out var length) || length != 32)
        {
            return Problems.Invalid("publicKey", "An Ed25519 public key: base64 of 32 bytes.");
        }
        var keyId = Guid.CreateVersion7();
        await using var command = database.Owner.Command("""
            insert into platform.telnyx_key (key_id, account_id, public_key, added_at) values ($1, $2, $3, $4)
            on conflict (public_key) do nothing
            """, keyId, accountId, key[..length], clock.GetCurrentInstant());
        try
        {
            if (await command.ExecuteNonQueryAsync(stop) == 0)
            {
                return Problems.Of(409, "key-exists", "The key belongs to an account already.");
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return Problems.NotFound("account");
        }
        await unverified.RecheckAsync(keyId, stop);
        return Results.Created((string?)null, new KeyAddedView(keyId));
    }

    private static async Task<IResult> RetireAsync(
        Guid keyId, LedgerDatabase database, TelnyxKeyRing keys, IClock clock, CancellationToken stop)
    {
        await using var command = database.Owner.Command(
            "update platform.telnyx_key set retired_at = coalesce(retired_at, $2) where key_id = $1",
            keyId, clock.GetCurrentInstant());
        if (await command.ExecuteNonQueryAsync(stop) == 0)
        {
            return Problems.NotFound("key");
        }
        await keys.RefreshAsync(stop);
        return Results.NoContent();
    }
}
