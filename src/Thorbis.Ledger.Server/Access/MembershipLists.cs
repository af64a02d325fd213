using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

public sealed record MemberView(string UserId, string Email, Role Role, Instant JoinedAt);

/// <param name="LastUsedAt">To the minute; null while it was never used.</param>
public sealed record ApiKeyView(
    Guid KeyId, string Name, Role Role, Instant CreatedAt, string CreatedBy, Instant? LastUsedAt, Instant? RevokedAt);

/// <summary>Lists of one company's members and keys, always as they are now.</summary>
public sealed partial class Memberships
{
    /// <summary>By e-mail address.</summary>
    public async Task<List<MemberView>> MembersAsync(string company, CancellationToken stop)
    {
        await using var command = database.Owner.Command("""
            select user_id, u."Email", role, joined_at
            from platform.member join identity.users u on u."Id" = user_id
            where tenant_id = $1 order by u."Email", user_id
            """, company);
        return await command.ListAsync(row => new MemberView(
            row.GetString(0), row.GetString(1), RoleOf(row.GetString(2)), row.GetFieldValue<Instant>(3)), stop);
    }

    /// <summary>Oldest first, revoked ones included.</summary>
    public async Task<List<ApiKeyView>> KeysAsync(string company, CancellationToken stop)
    {
        await using var command = database.Owner.Command("""
            select key_id, name, role, created_at, created_by, last_used_at, revoked_at
            from platform.api_key where tenant_id = $1 order by key_id
            """, company);
        return await command.ListAsync(row => new ApiKeyView(
            row.GetGuid(0), row.GetString(1), RoleOf(row.GetString(2)), row.GetFieldValue<Instant>(3),
            row.GetString(4), row.Value<Instant>(5), row.Value<Instant>(6)), stop);
    }

    /// <summary>The members as a transaction sees them that has locked the company.</summary>
    public static async Task<Dictionary<string, Role>> RolesAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select user_id, role from platform.member where tenant_id = $1", company);
        var members = await command.ListAsync(row => (Id: row.GetString(0), Role: RoleOf(row.GetString(1))), stop);
        return members.ToDictionary(member => member.Id, member => member.Role);
    }

    /// <summary>Notes that a key was used, and on record, at most once a minute.</summary>
    public async Task KeyUsedAsync(KeyStanding key, string? from, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (now - key.LastUsedAt < Duration.FromMinutes(1))
        {
            return;
        }
        await using var command = database.Owner.Command("""
            with used as (
              update platform.api_key set last_used_at = $2
              where key_id = $1 and (last_used_at is null or last_used_at <= $2 - interval '1 minute')
              returning tenant_id)
            insert into platform.access_log (access_id, tenant_id, at, actor, action, subject)
            select $3, tenant_id, $2, 'key:' || $1::text, 'key.used', $4 from used
            """, key.KeyId, now, Guid.CreateVersion7(), from);
        await command.ExecuteNonQueryAsync(stop);
        Forget($"key:{key.KeyId}");
    }

    private static Role RoleOf(string stored) => Enum.Parse<Role>(stored, ignoreCase: true);
}
