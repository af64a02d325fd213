using System.Text.Json;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Schedules;
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
        var (company, ann, member) = await MemberAsync(Role.Member);

        (await member.AvailAsync(ann, "busy")).Is(200);
        var again = (await member.AvailAsync(ann, "busy")).Is(200);
        (await member.AvailAsync(ann, "doNotDisturb")).Is(200);

        var read = (await member.GetAsync($"team/{ann}")).Is(200);
        Assert.Equal(1, again.Body.GetProperty("version").GetInt32());
        Assert.Equal(("doNotDisturb", "\"2\""), (read.Text("availability"), read.Headers.ETag?.Tag));
        Assert.True(read.Body.TryGetProperty("since", out _));
        Assert.Equal(["availability_set", "availability_set"], await FactsAsync(company, ann));
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
            var (company, self, caller) = await MemberAsync(role);
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
        var (company, ann, _) = await MemberAsync(Role.Member);

        (await (await ledger.ProgramAsync(company, Role.Member)).AvailAsync(ann, "away")).IsProblem(403, "forbidden");
        (await (await ledger.ProgramAsync(company, Role.Manager)).AvailAsync(ann, "away")).Is(200);
    }

    [Fact]
    public async Task Another_companys_member_is_not_there_and_neither_is_who_has_left()
    {
        var (company, ann, _) = await MemberAsync(Role.Member);
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        (await owner.AvailAsync(ann, "away")).Is(200);

        await NotThereAsync(stranger);
        (await stranger.GetAsync($"team/{ann}/versions")).IsProblem(404, "not-found");
        (await stranger.GetAsync($"team/{ann}/versions/1")).IsProblem(404, "not-found");
        (await owner.DeleteAsync($"members/{ann}")).Is(204);
        await NotThereAsync(owner);
        Assert.Single((await owner.GetAsync($"team/{ann}/versions")).Is(200).Items);
        Assert.Equal(["availability_set"], await FactsAsync(company, ann));

        async Task NotThereAsync(Caller caller)
        {
            (await caller.GetAsync($"team/{ann}")).IsProblem(404, "not-found");
            (await caller.AvailAsync(ann, "busy")).IsProblem(404, "not-found");
            (await caller.TermsAsync(ann, 1, new { callsMax = 2 })).IsProblem(404, "not-found");
            Assert.DoesNotContain((await caller.GetAsync("team")).Is(200).Items, one => Id(one) == ann);
        }
    }

    [Fact]
    public async Task Terms_name_the_version_they_edit_and_a_word_on_availability_makes_none_stale()
    {
        var (company, ann, manager) = await MemberAsync(Role.Manager);
        string[] phones = ["+12025550100", "sip:ann@pbx.example.com"];

        (await manager.PutAsync($"team/{ann}/terms", new { callsMax = 2 })).IsProblem(428, "precondition-required");
        (await manager.TermsAsync(ann, 0, new { callsMax = 2, phones })).Is(200);
        (await manager.AvailAsync(ann, "busy")).Is(200);
        var stale = (await manager.TermsAsync(ann, 0, new { callsMax = 3 })).IsProblem(409, "stale-edit");
        (await manager.TermsAsync(ann, 0, new { callsMax = 2, phones })).Is(200); // The same command again.
        (await manager.TermsAsync(ann, 1, new { callsMax = 3, phones })).Is(200);

        Assert.Equal((0, 2), (
            stale.Body.GetProperty("edited").GetInt32(), stale.Body.GetProperty("version").GetInt32()));
        Assert.Equal(["team_terms_set", "availability_set", "team_terms_set"], await FactsAsync(company, ann));
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
        var (company, ann, manager) = await MemberAsync(Role.Manager);

        var refused = (await manager.TermsAsync(ann, 0, JsonDocument.Parse(json).RootElement))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Empty(await FactsAsync(company, ann));
    }

    [Theory]
    [InlineData("""{"availability":"asleep"}""", 400)]
    [InlineData("""{"availability":1}""", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"availability":"away","effectiveAt":"2020-01-01T00:00:00Z"}""", 422)]
    public async Task An_availability_that_is_none_is_refused(string json, int status)
    {
        var (company, ann, member) = await MemberAsync(Role.Member);

        (await member.PutAsync($"team/{ann}/availability", JsonDocument.Parse(json).RootElement))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.Empty(await FactsAsync(company, ann));
    }

    [Fact]
    public async Task A_member_is_on_duty_while_the_schedule_is_open_and_the_schedule_is_in_use()
    {
        var (_, ann, manager) = await MemberAsync(Role.Manager);
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
    public async Task What_is_planned_holds_from_its_instant_on_and_what_was_known_can_be_asked_again()
    {
        var (_, ann, manager) = await MemberAsync(Role.Manager);
        var away = new { availability = "away", effectiveAt = "2030-01-01T00:00:00Z", reason = "on leave" };
        (await manager.PutAsync($"team/{ann}/availability", away)).Is(200);
        var version = Assert.Single((await manager.GetAsync($"team/{ann}/versions")).Is(200).Items);
        var seq = version.GetProperty("sequence").GetInt64();
        (await manager.AvailAsync(ann, "offline")).Is(200);

        foreach (var (asked, availability) in new[]
        {
            ("", "offline"), ("?at=2029-12-31T23:59:59Z", "offline"), ("?at=2030-01-01T00:00:00Z", "away"),
            ($"?asKnownSeq={seq}", "available"), ($"?at=2030-01-01T00:00:00Z&asKnownSeq={seq - 1}", "available"),
        })
        {
            Assert.Equal(availability, (await manager.GetAsync($"team/{ann}{asked}")).Is(200).Text("availability"));
            var listed = (await manager.GetAsync($"team{asked}")).Is(200).Items.Single(one => Id(one) == ann);
            Assert.Equal(availability, listed.GetProperty("availability").GetString());
        }
        var leave = (await manager.GetAsync($"team/{ann}?at=2030-06-01T00:00:00Z")).Is(200);
        Assert.Equal("2030-01-01T00:00:00Z", leave.Text("since"));
        (await manager.GetAsync($"team/{ann}?at=noon")).IsProblem(422, "invalid");
        (await manager.GetAsync("team?asKnownSeq=-1")).IsProblem(422, "invalid");
    }

    [Fact]
    public async Task Versions_tell_what_was_decided_and_why()
    {
        var (_, ann, manager) = await MemberAsync(Role.Manager);
        Assert.Empty((await manager.GetAsync($"team/{ann}/versions")).Is(200).Items);
        (await manager.PutAsync($"team/{ann}/availability", new { availability = "away", reason = "lunch" })).Is(200);
        (await manager.TermsAsync(ann, 1, new { callsMax = 4 })).Is(200);

        var versions = (await manager.GetAsync($"team/{ann}/versions")).Is(200).Items;
        var first = (await manager.GetAsync($"team/{ann}/versions/1")).Is(200).Body;
        var second = (await manager.GetAsync($"team/{ann}/versions/2")).Is(200).Body;

        Assert.Equal(
            ["team_terms_set", "availability_set"],
            versions.Select(version => version.GetProperty("kind").GetString()));
        Assert.Equal(("away", "lunch", $"user:{ann}"), (
            first.GetProperty("availability").GetString(),
            first.GetProperty("decided").GetProperty("reason").GetString(),
            first.GetProperty("decided").GetProperty("by").GetString()));
        Assert.Equal(4, second.GetProperty("terms").GetProperty("callsMax").GetInt32());
        (await manager.GetAsync($"team/{ann}/versions/3")).IsProblem(404, "not-found");
    }

    /// <summary>A new company with one member of a role, signed in.</summary>
    private async Task<(string Company, string UserId, Caller Caller)> MemberAsync(Role role)
    {
        var company = await ledger.CompanyAsync();
        var (userId, email) = await ledger.AddMemberAsync(company, role);
        var caller = ledger.Anonymous();
        (await caller.SignInAsync(email, LedgerHost.Password)).Is(200);
        return (company, userId, caller);
    }

    private Task<List<string>> FactsAsync(string company, string member) => ledger.RowsAsync(
        "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version", company,
        $"team/{member}");

    private static string? Id(JsonElement member) => member.GetProperty("member").GetString();
}

internal static class TeamCalls
{
    public static Task<Answer> AvailAsync(this Caller caller, string member, string availability) =>
        caller.PutAsync($"team/{member}/availability", new { availability });

    public static Task<Answer> TermsAsync(this Caller caller, string member, int version, object terms) =>
        caller.ChangeAsync(HttpMethod.Put, $"team/{member}/terms", $"\"{version}\"", terms);
}
