using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>What people call who did something: e-mail addresses of members, names of keys. Facts hold ids alone, so a
/// user who was erased has none.</summary>
internal sealed class ActorNames(LedgerDatabase database)
{
    private const string User = "user:";

    // Former members have their stream still; of who never was one, such as an operator, a company learns no address.
    private const string Sql = """
        select 'user:' || u."Id", u."Email" from identity.users u
        where u."Id" = any($2)
          and exists (select 1 from ledger.mt_streams s where s.tenant_id = $1 and s.id = 'member/' || u."Id")
        union all
        select 'key:' || key_id, name from platform.api_key where tenant_id = $1 and 'key:' || key_id = any($3)
        """;

    /// <param name="actors">As they stand in facts: <c>user:{id}</c> or <c>key:{id}</c>; others have no name.</param>
    /// <returns>By actor, those that have a name.</returns>
    public async Task<Dictionary<string, string>> FindAsync(
        string company, IEnumerable<string> actors, CancellationToken stop)
    {
        string[] all = [.. actors.Distinct()];
        if (all.Length == 0)
        {
            return [];
        }
        string[] users =
        [
            .. all.Where(actor => actor.StartsWith(User, StringComparison.Ordinal))
                .Select(actor => actor[User.Length..]),
        ];
        await using var command = database.Owner.Command(Sql, company, users, all);
        var found = await command.ListAsync(row => (Actor: row.GetString(0), Name: row.GetString(1)), stop);
        return found.ToDictionary(actor => actor.Actor, actor => actor.Name);
    }
}

/// <summary>Who did something.</summary>
/// <param name="Id"><c>user:{id}</c>, <c>key:{id}</c>, or <c>clock</c>.</param>
/// <param name="Name">E-mail address of a member, present or former, or name of a key; left out when not
/// known.</param>
public sealed record ActorView(string Id, string? Name);
