using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Team;

[Collection<LedgerTests>]
public sealed class SetTeamTermsTests(LedgerHost ledger)
{
    [Fact]
    public async Task Terms_name_the_version_they_edit_and_a_word_on_availability_makes_none_stale()
    {
        var (company, ann, manager) = await ledger.TeamMemberAsync(Role.Manager);
        string[] phones = ["+12025550100", "sip:ann@pbx.example.com"];

        (await manager.PutAsync($"team/{ann}/terms", new { callsMax = 2 })).IsProblem(428, "precondition-required");
        (await manager.TermsAsync(ann, 0, new { callsMax = 2, phones })).Is(200);
        (await manager.AvailAsync(ann, "busy")).Is(200);
        var stale = (await manager.TermsAsync(ann, 0, new { callsMax = 3 })).IsProblem(409, "stale-edit");
        (await manager.TermsAsync(ann, 0, new { callsMax = 2, phones })).Is(200); // The same command again.
        (await manager.TermsAsync(ann, 1, new { callsMax = 3, phones })).Is(200);

        Assert.Equal((0, 2), (
            stale.Body.GetProperty("edited").GetInt32(), stale.Body.GetProperty("version").GetInt32()));
        Assert.Equal(
            ["team_terms_set", "availability_set", "team_terms_set"], await ledger.TeamFactsAsync(company, ann));
        var terms = (await manager.GetAsync($"team/{ann}")).Is(200).Body.GetProperty("terms");
        Assert.Equal(phones, terms.GetProperty("phones").EnumerateArray().Select(phone => phone.GetString()));
    }

    [Theory]
    [InlineData("""{"callsMax":0}""", 422, "callsMax")]
    [InlineData("""{"callsMax":51}""", 422, "callsMax")]
    [InlineData("{}", 400, "$")]
    [InlineData("""{"callsMax":1,"schedule":"none"}""", 422, "schedule")]
    [InlineData("""{"callsMax":1,"phones":["911"]}""", 422, "phones[0]")]
    [InlineData("""{"callsMax":1,"phones":["+12025550100","+12025550100"]}""", 422, "phones[1]")]
    [InlineData("""{"callsMax":1,"phones":[null]}""", 422, "phones[0]")]
    [InlineData("""{"callsMax":1,"phones":"+12025550100"}""", 400, "$.phones")]
    [InlineData("""{"callsMax":1,"effectiveAt":"2020-01-01T00:00:00Z"}""", 422, "effectiveAt")]
    public async Task Terms_that_cannot_be_taken_are_told_by_their_field(string json, int status, string named)
    {
        var (company, ann, manager) = await ledger.TeamMemberAsync(Role.Manager);

        var refused = (await manager.TermsAsync(ann, 0, JsonDocument.Parse(json).RootElement))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Empty(await ledger.TeamFactsAsync(company, ann));
    }

    [Fact]
    public async Task A_member_is_on_duty_while_the_schedule_is_open_and_the_schedule_is_in_use()
    {
        var (_, ann, manager) = await ledger.TeamMemberAsync(Role.Manager);
        var made = (await manager.PostAsync("schedules", SchedulePlans.Body(SchedulePlans.Office))).Is(201);
        var schedule = made.Text("scheduleId");
        (await manager.TermsAsync(ann, 0, new { callsMax = 1, schedule })).Is(200);

        var open = (await manager.GetAsync($"team/{ann}?at=2030-03-04T09:00:00-05:00")).Is(200); // A Monday.
        var closed = (await manager.GetAsync($"team/{ann}?at=2030-03-04T08:59:59-05:00")).Is(200);
        var used = (await manager.RetireAsync($"schedules/{schedule}", 1)).IsProblem(409, "in-use");

        Assert.Equal((true, false), (
            open.Body.GetProperty("onDuty").GetBoolean(), closed.Body.GetProperty("onDuty").GetBoolean()));
        Assert.Contains(ann, used.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_left_keeps_no_schedule_in_use()
    {
        var (company, ann, _) = await ledger.TeamMemberAsync(Role.Member);
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var made = (await owner.PostAsync("schedules", SchedulePlans.Body(SchedulePlans.Office))).Is(201);
        var schedule = made.Text("scheduleId");
        (await owner.TermsAsync(ann, 0, new { callsMax = 1, schedule })).Is(200);

        (await owner.RetireAsync($"schedules/{schedule}", 1)).IsProblem(409, "in-use");
        (await owner.DeleteAsync($"members/{ann}")).Is(204);
        (await owner.RetireAsync($"schedules/{schedule}", 1)).Is(204);
    }
}
