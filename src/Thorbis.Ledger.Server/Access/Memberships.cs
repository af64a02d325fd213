using System.Collections.Concurrent;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>
/// Who is what in which company. The one reader of members, operators and API keys: the tenant login cannot see them,
/// so each query here names its company.
/// </summary>
/// <remarks>An answer is at most <see cref="MaxAge"/> old: so long may a removed member go on elsewhere.</remarks>
public sealed partial class Memberships(LedgerDatabase database, IClock clock) : IStillAllowed
{
    public static readonly Duration MaxAge = Duration.FromSeconds(5);

    /// <summary>Beyond so many users and keys the cache is emptied: it bounds memory, nothing else.</summary>
    private const int MostKnown = 20_000;

    private readonly ConcurrentDictionary<string, (Instant ReadAt, object Standing)> known = new();

    public async Task<UserStanding> OfUserAsync(string userId, CancellationToken stop) =>
        await KnownAsync($"user:{userId}", () => ReadUserAsync(userId, stop)) ?? new UserStanding(false, []);

    /// <returns>Null for a key that never was or is revoked.</returns>
    public Task<KeyStanding?> OfKeyAsync(Guid keyId, CancellationToken stop) =>
        KnownAsync($"key:{keyId}", () => ReadKeyAsync(keyId, stop));

    /// <summary>
    /// Whether who was let in with these claims would be let in with the same now; for streams that stay open.
    /// </summary>
    public async Task<bool> StillAllowedAsync(ClaimsPrincipal principal, CancellationToken stop)
    {
        var actor = Actor.Of(principal);
        return actor.CompanyId is { } company && await RoleAsync(actor.Id, company, stop) is { } role
            && role == actor.Role;
    }

    /// <summary>What an actor is in a company now; null once he is nothing there, or it is suspended.</summary>
    /// <param name="actorId">As <see cref="Actor.Id"/>.</param>
    public async Task<Role?> RoleAsync(string actorId, string companyId, CancellationToken stop)
    {
        var company = actorId.Split(':', 2) switch
        {
            ["user", var id] => (await OfUserAsync(id, stop)).In(companyId),
            ["key", var id] when Guid.TryParse(id, out var keyId) => (await OfKeyAsync(keyId, stop))?.Company,
            _ => null,
        };
        return company is { Suspended: false } && company.CompanyId == companyId ? company.Role : null;
    }

    /// <summary>Makes a change count at once on this node.</summary>
    /// <param name="actorId">As <see cref="Actor.Id"/>.</param>
    public void Forget(string actorId) => known.TryRemove(actorId, out _);

    /// <summary>Makes the suspension of a company count at once on this node.</summary>
    public void ForgetAll() => known.Clear();

    private async Task<T?> KnownAsync<T>(string actorId, Func<Task<T?>> read)
        where T : class
    {
        var now = clock.GetCurrentInstant();
        if (known.TryGetValue(actorId, out var entry) && now - entry.ReadAt < MaxAge)
        {
            return (T)entry.Standing;
        }
        var standing = await read();
        if (standing is null)
        {
            known.TryRemove(actorId, out _);
            return null;
        }
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }
        known[actorId] = (now, standing);
        return standing;
    }

    private async Task<UserStanding?> ReadUserAsync(string userId, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var operators = connection.Command("select 1 from platform.operator where user_id = $1", userId);
        var isOperator = await operators.ExecuteScalarAsync(stop) is not null;
        await using var members = connection.Command("""
            select company_id, name, role, suspended_at is not null
            from platform.member join platform.company on company_id = tenant_id
            where user_id = $1 order by company_id
            """, userId);
        return new(isOperator, await members.ListAsync(row => CompanyRoleOf(row, 0), stop));
    }

    private async Task<KeyStanding?> ReadKeyAsync(Guid keyId, CancellationToken stop)
    {
        await using var command = database.Owner.Command("""
            select company_id, c.name, role, suspended_at is not null, k.name, secret_hash, last_used_at
            from platform.api_key k join platform.company c on company_id = tenant_id
            where key_id = $1 and revoked_at is null
            """, keyId);
        var keys = await command.ListAsync(row => new KeyStanding(
            keyId, row.GetString(4), CompanyRoleOf(row, 0), (byte[])row[5], row.Value<Instant>(6)), stop);
        return keys.SingleOrDefault();
    }

    private static CompanyRole CompanyRoleOf(NpgsqlDataReader row, int at) => new(
        row.GetString(at), row.GetString(at + 1), RoleOf(row.GetString(at + 2)),
        row.GetBoolean(at + 3));
}
