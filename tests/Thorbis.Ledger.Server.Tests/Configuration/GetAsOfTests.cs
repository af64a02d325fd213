using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Tests.Menus;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Configuration;

[Collection<LedgerTests>]
public sealed class GetAsOfTests(LedgerHost ledger)
{
    private static readonly Instant March = Instant.FromUtc(2026, 3, 1, 0, 0);

    [Fact]
    public async Task Everything_in_force_is_told()
    {
        var (company, manager) = await ledger.WithMenuAsync();
        var schedule = (await manager.PostAsync("schedules", SchedulePlans.Body(SchedulePlans.Office))).Is(201);
        var (member, _) = await ledger.AddMemberAsync(company, Role.Member);
        const string number = "+12025569001";
        await ledger.HoldAsync(company, number);
        await ledger.RecordAsync(company, "rulebook", new RuleAdded(Rule("R2"), null, null), March);
        await ledger.RecordAsync(company, "rulebook", new RuleAdded(Rule("R1"), null, null), March);
        await ledger.RecordAsync(company, "rulebook", new CallerBlocked("+4930123456"), March);
        await ledger.RecordAsync(company, $"team/{member}", new AvailabilitySet(member, Availability.Away), March);

        var told = (await manager.GetAsync("as-of?at=2100-01-01T00:00:00Z")).Is(200).Body;

        var rules = told.GetProperty("rules");
        Assert.Equal(3, rules.GetProperty("version").GetInt32());
        Assert.Equal(["R1", "R2"], Names(rules.GetProperty("rules"), "name"));
        Assert.Equal("+4930123456", rules.GetProperty("blocked")[0].GetString());
        Assert.Equal([schedule.Text("scheduleId")], Names(told.GetProperty("schedules"), "scheduleId"));
        var menu = Assert.Single(told.GetProperty("menus").EnumerateArray());
        Assert.Equal((1, "Main"), (
            menu.GetProperty("version").GetInt32(), menu.GetProperty("menu").GetProperty("name").GetString()));
        var held = Assert.Single(told.GetProperty("numbers").EnumerateArray());
        Assert.Equal((number, true), (
            held.GetProperty("number").GetString(), held.TryGetProperty("confirmedAt", out _)));
        var away = told.GetProperty("members").EnumerateArray().Single(m => Text(m, "member") == member);
        Assert.Equal(("member", "away", 1), (
            Text(away, "role"), Text(away, "availability"),
            away.GetProperty("terms").GetProperty("callsMax").GetInt32()));
    }

    [Fact]
    public async Task It_is_told_as_known_then_or_now()
    {
        var company = await ledger.CompanyAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var (april, may) = (March + Duration.FromDays(31), March + Duration.FromDays(61));
        await ledger.RecordAsync(company, "menu/main", new MenuDefined("main", MenuPlans.Main), March);
        await ledger.RecordAsync(company, "menu/main", new MenuRevised("main", MenuPlans.Renamed), april, may);
        var place = await ledger.ScalarAsync(
            "select max(seq_id) from ledger.mt_events where tenant_id = $1 and type = 'menu_revised'", company);

        async Task<string> NameAsync(Instant at, string known)
        {
            var told = (await auditor.GetAsync($"as-of?at={at}{known}&parts=menus")).Is(200).Body;
            Assert.False(told.TryGetProperty("rules", out _));
            return string.Join(',', told.GetProperty("menus").EnumerateArray()
                .Select(menu => Text(menu.GetProperty("menu"), "name")));
        }

        Assert.Equal("", await NameAsync(March - Duration.FromSeconds(1), ""));
        Assert.Equal("Main", await NameAsync(March, ""));
        Assert.Equal("Main", await NameAsync(may - Duration.FromSeconds(1), ""));
        Assert.Equal("Spring", await NameAsync(may, ""));
        Assert.Equal("Spring", await NameAsync(may, $"&knownAt={april}"));
        Assert.Equal("Main", await NameAsync(may, $"&knownAt={april - Duration.FromSeconds(1)}"));
        Assert.Equal("Spring", await NameAsync(may, $"&knownSeq={place}"));
        Assert.Equal("Main", await NameAsync(may, $"&knownSeq={place - 1}"));
        Assert.Equal("", await NameAsync(may, "&knownSeq=0"));
    }

    [Fact]
    public async Task Who_belonged_to_the_company_and_what_it_held_is_told_of_the_instant()
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var owner = await ledger.MemberAsync(company, Role.Owner);
        var (member, _) = await ledger.AddMemberAsync(company, Role.Member);
        var joined = InstantPattern.ExtendedIso.Parse((await ledger.RowsAsync(
            "select data->>'occurredAt' from ledger.mt_events where tenant_id = $1 and stream_id = $2", company,
            $"member/{member}"))[0]).Value;

        var before = (await owner.GetAsync($"as-of?at={Exact(joined - Duration.Epsilon)}&parts=members")).Is(200).Body;
        var after = (await owner.GetAsync($"as-of?at={Exact(joined)}&parts=members")).Is(200).Body;
        var early = (await owner.GetAsync("as-of?at=2025-12-31T23:59:59Z&parts=numbers")).Is(200).Body;
        var held = (await owner.GetAsync("as-of?at=2026-01-01T00:00:00Z&parts=numbers")).Is(200).Body;
        var unknown = (await owner.GetAsync(
            "as-of?at=2026-01-01T00:00:00Z&knownAt=2026-01-01T00:00:00Z&parts=numbers,members")).Is(200).Body;

        Assert.DoesNotContain(member, Names(before.GetProperty("members"), "member"));
        Assert.Contains(member, Names(after.GetProperty("members"), "member"));
        Assert.Empty(early.GetProperty("numbers").EnumerateArray());
        Assert.Equal([number], Names(held.GetProperty("numbers"), "number"));
        Assert.Equal((0, 0), (
            unknown.GetProperty("numbers").GetArrayLength(), unknown.GetProperty("members").GetArrayLength()));
    }

    [Fact]
    public async Task Another_companys_configuration_is_not_told()
    {
        await ledger.WithMenuAsync();
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);

        var told = (await stranger.GetAsync("as-of?at=2100-01-01T00:00:00Z")).Is(200).Body;

        Assert.Empty(told.GetProperty("menus").EnumerateArray());
        Assert.Single(told.GetProperty("members").EnumerateArray());
    }

    [Theory]
    [InlineData("", "at")]
    [InlineData("?at=2030-01-01T00:00:00", "at")]
    [InlineData("?at=2030-01-01", "at")]
    [InlineData("?at=1799-12-31T23:59:59Z", "at")]
    [InlineData("?at=2500-01-01T00:00:00Z", "at")]
    [InlineData("?at=2030-01-01T00:00:00Z&knownAt=noon", "knownAt")]
    [InlineData("?at=2030-01-01T00:00:00Z&knownAt=2500-01-01T00:00:00Z", "knownAt")]
    [InlineData("?at=2030-01-01T00:00:00Z&knownAt=1799-01-01T00:00:00Z", "knownAt")]
    [InlineData("?at=2030-01-01T00:00:00Z&knownSeq=-1", "knownSeq")]
    [InlineData("?at=2030-01-01T00:00:00Z&knownSeq=1&knownAt=2030-01-01T00:00:00Z", "knownSeq")]
    [InlineData("?at=2030-01-01T00:00:00Z&parts=rules,", "parts")]
    [InlineData("?at=2030-01-01T00:00:00Z&parts=Rules", "parts")]
    [InlineData("?at=2030-01-01T00:00:00Z&parts=secrets", "parts")]
    public async Task A_question_that_cannot_be_answered_names_its_parameter(string asked, string named)
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);

        var refused = (await manager.GetAsync("as-of" + asked)).IsProblem(422, "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Owner_admin_manager_and_auditor_read_it()
    {
        var company = await ledger.CompanyAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            var member = await ledger.MemberAsync(company, role);
            (await member.GetAsync("as-of?at=2030-01-01T00:00:00Z"))
                .Is(role is Role.Member or Role.Billing ? 403 : 200);
        }
    }

    private static Rule Rule(string name) => new(
        Guid.CreateVersion7(), name, true, [], new Direct(new ToBusy()), new(20, CallRecording.None), null, null);

    private static string Exact(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static IEnumerable<string?> Names(JsonElement items, string property) =>
        items.EnumerateArray().Select(item => Text(item, property));

    private static string? Text(JsonElement item, string property) => item.GetProperty(property).GetString();
}
