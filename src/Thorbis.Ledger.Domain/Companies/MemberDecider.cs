using NodaTime;

namespace Thorbis.Ledger.Domain.Companies;

/// <summary>Who changes members or keys.</summary>
/// <param name="Id">As it stands in facts: <c>user:{id}</c> or <c>key:{id}</c>.</param>
/// <param name="IsOwner">An owner of the company, or an operator: only these may give or take ownership.</param>
public sealed record AccessActor(string Id, bool IsOwner);

/// <summary>Decides on the members of one company, given all of them.</summary>
public static class MemberDecider
{
    private static readonly Refusal OwnersOnly =
        new("owners-only", "Only an owner can give the role owner, or change or remove an owner.");

    /// <summary>Gives a user a role: joins who is no member yet, changes who is.</summary>
    public static Decision<MemberFact> SetRole(
        IReadOnlyDictionary<string, Role> members, string userId, Role role, AccessActor by, Instant now)
    {
        if (!members.TryGetValue(userId, out var present))
        {
            return MayGive(role, by) ? new MemberJoined(userId, now, role, by.Id) : OwnersOnly;
        }
        if (present == role)
        {
            return new Accepted<MemberFact>([]);
        }
        if (!MayGive(role, by) || !MayGive(present, by))
        {
            return OwnersOnly;
        }
        return IsLastOwner(members, userId)
            ? LastOwner("be given another role")
            : new MemberRoleChanged(userId, now, role, by.Id);
    }

    /// <summary>Ends a membership; of who is no member, nothing.</summary>
    public static Decision<MemberFact> Remove(
        IReadOnlyDictionary<string, Role> members, string userId, AccessActor by, Instant now)
    {
        if (!members.TryGetValue(userId, out var present))
        {
            return new Accepted<MemberFact>([]);
        }
        if (!MayGive(present, by))
        {
            return OwnersOnly;
        }
        return IsLastOwner(members, userId) ? LastOwner("be removed") : new MemberRemoved(userId, now, by.Id);
    }

    /// <summary>Makes an API key. A key never may more than whoever made it could give away.</summary>
    public static Decision<ApiKeyFact> CreateKey(Guid keyId, string? name, Role role, AccessActor by, Instant now)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
        {
            return Refusal.Of("name", "A key needs a name of 1 to 100 characters.");
        }
        return MayGive(role, by) ? new ApiKeyCreated(keyId, now, name.Trim(), role, by.Id) : OwnersOnly;
    }

    private static bool MayGive(Role role, AccessActor by) => role != Role.Owner || by.IsOwner;

    private static bool IsLastOwner(IReadOnlyDictionary<string, Role> members, string userId) =>
        members[userId] == Role.Owner && members.Values.Count(role => role == Role.Owner) == 1;

    private static Refusal LastOwner(string what) =>
        new("last-owner", $"The last owner of a company cannot {what}; make another member an owner first.");
}
