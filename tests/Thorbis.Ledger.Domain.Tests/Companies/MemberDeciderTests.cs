using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Companies;

public sealed class MemberDeciderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly AccessActor Owner = new("user:olga", IsOwner: true);
    private static readonly AccessActor Admin = new("user:adam", IsOwner: false);

    private static readonly Dictionary<string, Role> Members = new()
    {
        ["olga"] = Role.Owner,
        ["adam"] = Role.Admin,
        ["mia"] = Role.Member,
    };

    private static readonly Gen<string> AnyUser =
        Gen.Int[0, 3].Select(user => new[] { "olga", "adam", "mia", "nina" }[user]);

    [Fact]
    public void Who_is_no_member_joins() =>
        Assert.Equal(
            new MemberJoined("nina", Now, Role.Billing, "user:adam"),
            Only(MemberDecider.SetRole(Members, "nina", Role.Billing, Admin, Now)));

    [Fact]
    public void Who_is_a_member_changes_role() =>
        Assert.Equal(
            new MemberRoleChanged("mia", Now, Role.Manager, "user:adam"),
            Only(MemberDecider.SetRole(Members, "mia", Role.Manager, Admin, Now)));

    [Fact]
    public void Only_owners_make_owners()
    {
        Assert.Equal("owners-only", Refused(MemberDecider.SetRole(Members, "nina", Role.Owner, Admin, Now)));
        Assert.Equal("owners-only", Refused(MemberDecider.SetRole(Members, "mia", Role.Owner, Admin, Now)));
        Assert.IsType<MemberRoleChanged>(Only(MemberDecider.SetRole(Members, "mia", Role.Owner, Owner, Now)));
    }

    [Fact]
    public void An_admin_neither_demotes_nor_removes_an_owner()
    {
        var members = new Dictionary<string, Role>(Members) { ["otto"] = Role.Owner };

        Assert.Equal("owners-only", Refused(MemberDecider.SetRole(members, "otto", Role.Member, Admin, Now)));
        Assert.Equal("owners-only", Refused(MemberDecider.Remove(members, "otto", Admin, Now)));
    }

    [Fact]
    public void An_admin_makes_no_owners_key()
    {
        var decision = MemberDecider.CreateKey(Guid.Empty, "till", Role.Owner, Admin, Now);

        Assert.Equal("owners-only", Assert.IsType<Refused<ApiKeyFact>>(decision).Why.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_key_has_a_name(string? name)
    {
        var decision = MemberDecider.CreateKey(Guid.Empty, name, Role.Member, Admin, Now);

        Assert.Equal("name", Assert.IsType<Refused<ApiKeyFact>>(decision).Why.Field);
    }

    /// <summary>Whatever is asked of whom, in any order.</summary>
    [Fact]
    public void A_company_with_an_owner_never_loses_its_last_one() =>
        Gen.Select(AnyUser, Gen.Enum<Role>(), Gen.Bool, Gen.Bool).Array[1, 20]
            .Sample(steps =>
            {
                var members = new Dictionary<string, Role>(Members);
                foreach (var (user, role, byOwner, removes) in steps)
                {
                    Apply(members, Decide(members, user, role, byOwner ? Owner : Admin, removes));
                }
                return members.ContainsValue(Role.Owner);
            });

    [Fact]
    public void Asked_again_nothing_is_new() =>
        Gen.Select(AnyUser, Gen.Enum<Role>(), Gen.Bool, Gen.Bool)
            .Sample((user, role, byOwner, removes) =>
            {
                var members = new Dictionary<string, Role>(Members);
                var by = byOwner ? Owner : Admin;
                var first = Decide(members, user, role, by, removes);
                Apply(members, first);
                return first is Refused<MemberFact>
                    || Decide(members, user, role, by, removes) is Accepted<MemberFact> { Facts: [] };
            });

    private static Decision<MemberFact> Decide(
        Dictionary<string, Role> members, string user, Role role, AccessActor by, bool removes) => removes
        ? MemberDecider.Remove(members, user, by, Now)
        : MemberDecider.SetRole(members, user, role, by, Now);

    private static void Apply(Dictionary<string, Role> members, Decision<MemberFact> decision)
    {
        foreach (var fact in (decision as Accepted<MemberFact>)?.Facts ?? [])
        {
            switch (fact)
            {
                case MemberJoined joined: members[joined.UserId] = joined.Role; break;
                case MemberRoleChanged changed: members[changed.UserId] = changed.Role; break;
                default: members.Remove(fact.UserId); break;
            }
        }
    }

    private static MemberFact Only(Decision<MemberFact> decision) =>
        Assert.Single(Assert.IsType<Accepted<MemberFact>>(decision).Facts);

    private static string Refused(Decision<MemberFact> decision) =>
        Assert.IsType<Refused<MemberFact>>(decision).Why.Code;
}
