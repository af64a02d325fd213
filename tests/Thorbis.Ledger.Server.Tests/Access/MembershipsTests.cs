using System.Security.Claims;
using NodaTime;
using NodaTime.Testing;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Access;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Access;

[Collection<LedgerTests>]
public sealed class MembershipsTests(LedgerHost ledger)
{
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 3, 1, 12, 0));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>As another node of the ledger, which hears nothing of what this one changes.</summary>
    private Memberships OtherNode() => new(ledger.Database, clock);

    [Fact]
    public async Task A_member_removed_on_another_node_is_out_after_five_seconds()
    {
        var company = await ledger.CompanyAsync();
        var (userId, _) = await ledger.AddMemberAsync(company, Role.Member);
        var node = OtherNode();
        var principal = Principal($"user:{userId}", company, Role.Member);
        Assert.True(await node.StillAllowedAsync(principal, Stop));
        (await (await ledger.OperatorAsync()).DeleteAsync($"operator/companies/{company}/members/{userId}")).Is(204);

        clock.Advance(Memberships.MaxAge);

        Assert.False(await node.StillAllowedAsync(principal, Stop));
    }

    [Fact]
    public async Task An_answer_younger_than_five_seconds_is_not_read_again()
    {
        var company = await ledger.CompanyAsync();
        var (userId, _) = await ledger.AddMemberAsync(company, Role.Member);
        var node = OtherNode();
        var first = await node.OfUserAsync(userId, Stop);

        clock.Advance(Memberships.MaxAge - Duration.FromMilliseconds(1));

        Assert.Same(first, await node.OfUserAsync(userId, Stop));
    }

    [Fact]
    public async Task A_member_with_another_role_is_no_longer_allowed_what_he_was()
    {
        var company = await ledger.CompanyAsync();
        var (userId, _) = await ledger.AddMemberAsync(company, Role.Member);

        Assert.False(await OtherNode().StillAllowedAsync(Principal($"user:{userId}", company, Role.Owner), Stop));
    }

    [Fact]
    public async Task A_removed_member_is_out_at_once_on_the_node_that_removed_him()
    {
        var company = await ledger.CompanyAsync();
        var member = await ledger.MemberAsync(company, Role.Member);
        (await member.GetAsync("numbers")).Is(200);
        var userId = (await member.GetAsync("session")).Text("userId");

        (await (await ledger.OperatorAsync()).DeleteAsync($"operator/companies/{company}/members/{userId}")).Is(204);

        (await member.GetAsync("numbers")).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_suspended_companys_members_and_keys_are_refused_until_it_is_resumed()
    {
        var company = await ledger.CompanyAsync();
        var member = await ledger.MemberAsync(company, Role.Owner);
        var program = await ledger.ProgramAsync(company, Role.Member);
        var (op, at) = (await ledger.OperatorAsync(), $"operator/companies/{company}");

        (await op.PostAsync($"{at}/suspend")).Is(204);
        (await member.GetAsync("numbers")).IsProblem(403, "company-suspended");
        (await program.GetAsync("numbers")).IsProblem(403, "company-suspended");
        (await op.PostAsync($"{at}/resume")).Is(204);
        (await member.GetAsync("numbers")).Is(200);
        (await program.GetAsync("numbers")).Is(200);
    }

    private static ClaimsPrincipal Principal(string id, string company, Role role) =>
        Principals.Of("test", id, "", new(company, company, role, Suspended: false), isOperator: false);
}
