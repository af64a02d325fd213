using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Team;

[Collection<LedgerTests>]
public sealed class TeamTests(LedgerHost ledger)
{
    [Fact]
    public async Task Every_present_member_is_shown_available_for_one_call_where_nothing_was_said()
    {
        var company = await ledger.CompanyAsync();
        var manager = await ledger.MemberAsync(company, Role.Manager);
        var (ann, email) = await ledger.AddMemberAsync(company, Role.Member);

        var shown = (await manager.GetAsync("team")).Is(200).Items;
        var one = (await manager.GetAsync($"team/{ann}")).Is(200);

        Assert.Equal(2, shown.Length);
        Assert.Equal((ann, email, "member", "available", true, 0), (
            one.Text("member"), one.Text("email"), one.Text("role"), one.Text("availability"),
            one.Body.GetProperty("onDuty").GetBoolean(), one.Body.GetProperty("version").GetInt32()));
        Assert.False(one.Body.TryGetProperty("since", out _));
        Assert.Equal("""{"callsMax":1}""", one.Body.GetProperty("terms").GetRawText());
        Assert.Equal("\"0\"", one.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task A_member_says_whether_he_takes_calls_and_says_it_again_without_a_trace()
    {
        var (company, ann, member) = await ledger.TeamMemberAsync(Role.Member);

        (await member.AvailAsync(ann, "busy")).Is(200);
        var again = (await member.AvailAsync(ann, "busy")).Is(200);
        (await member.AvailAsync(ann, "doNotDisturb")).Is(200);

        var read = (await member.GetAsync($"team/{ann}")).Is(200);
        Assert.Equal(1, again.Body.GetProperty("version").GetInt32());
        Assert.Equal(("doNotDisturb", "\"2\""), (read.Text("availability"), read.Headers.ETag?.Tag));
        Assert.True(read.Body.TryGetProperty("since", out _));
        Assert.Equal(["availability_set", "availability_set"], await ledger.TeamFactsAsync(company, ann));
    }

    [Fact]
    public async Task Everybody_but_billing_and_auditor_may_set_the_own_availability_and_managers_anyones()
    {
        foreach (var (role, own, others) in new[]
        {
            (Role.Owner, 200, 200), (Role.Admin, 200, 200), (Role.Manager, 200, 200), (Role.Member, 200, 403),
            (Role.Billing, 403, 403), (Role.Auditor, 403, 403),
        })
        {
            var (company, self, caller) = await ledger.TeamMemberAsync(role);
            var (other, _) = await ledger.AddMemberAsync(company, Role.Member);

            (await caller.GetAsync("team")).Is(200);
            (await caller.AvailAsync(self, "away")).Is(own);
            (await caller.AvailAsync(other, "away")).Is(others);
            (await caller.TermsAsync(other, 0, new { callsMax = 1 })).Is(others); // As they are: nothing is recorded.
            (await caller.TermsAsync(self, 1, new { callsMax = 1 })).Is(others);
            (await caller.GetAsync($"team/{self}/versions"))
                .Is(role is Role.Billing or Role.Member ? 403 : 200);
        }
    }

    [Fact]
    public async Task A_program_has_no_availability_of_its_own()
    {
        var (company, ann, _) = await ledger.TeamMemberAsync(Role.Member);

        (await (await ledger.ProgramAsync(company, Role.Member)).AvailAsync(ann, "away")).IsProblem(403, "forbidden");
        (await (await ledger.ProgramAsync(company, Role.Manager)).AvailAsync(ann, "away")).Is(200);
    }

    [Fact]
    public async Task Another_companys_member_is_not_there_and_neither_is_who_has_left()
    {
        var (company, ann, _) = await ledger.TeamMemberAsync(Role.Member);
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        (await owner.AvailAsync(ann, "away")).Is(200);

        await NotThereAsync(stranger);
        (await stranger.GetAsync($"team/{ann}/versions")).IsProblem(404, "not-found");
        (await stranger.GetAsync($"team/{ann}/versions/1")).IsProblem(404, "not-found");
        (await owner.DeleteAsync($"members/{ann}")).Is(204);
        await NotThereAsync(owner);
        Assert.Single((await owner.GetAsync($"team/{ann}/versions")).Is(200).Items);
        Assert.Equal(["availability_set"], await ledger.TeamFactsAsync(company, ann));

        async Task NotThereAsync(Caller caller)
        {
            (await caller.GetAsync($"team/{ann}")).IsProblem(404, "not-found");
            (await caller.AvailAsync(ann, "busy")).IsProblem(404, "not-found");
            (await caller.TermsAsync(ann, 1, new { callsMax = 2 })).IsProblem(404, "not-found");
            Assert.DoesNotContain((await caller.GetAsync("team")).Is(200).Items, one => one.Member() == ann);
        }
    }

    [Theory]
    [InlineData("""{"availability":"asleep"}""", 400)]
    [InlineData("""{"availability":1}""", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"availability":"away","effectiveAt":"2020-01-01T00:00:00Z"}""", 422)]
    public async Task An_availability_that_is_none_is_refused(string json, int status)
    {
        var (company, ann, member) = await ledger.TeamMemberAsync(Role.Member);

        (await member.PutAsync($"team/{ann}/availability", JsonDocument.Parse(json).RootElement))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.Empty(await ledger.TeamFactsAsync(company, ann));
    }
}
