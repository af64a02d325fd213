using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Server.Tests.Menus;
using Thorbis.Ledger.Server.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Configuration;

[Collection<LedgerTests>]
public sealed class GetDiffTests(LedgerHost ledger)
{
    private const string Before = "2026-03-01T00:00:00Z";
    private const string Now = "2030-06-01T00:00:00Z";
    private const string Later = "2100-01-01T00:00:00Z";

    [Fact]
    public async Task What_differs_is_told_thing_by_thing_in_words_and_both_ways()
    {
        var desk = await Desk.NewAsync(ledger);
        await desk.AddAsync("Sales", """{"effectiveAt": "2031-01-01T00:00:00Z"}""");
        await desk.AddAsync("Never", """{"effectiveAt": "2032-01-01T00:00:00Z"}""");
        (await desk.Manager.PutAsync("rulebook/blocked/+4930123456?effectiveAt=2031-02-01T00:00:00Z")).Is(200);

        var forth = await DiffAsync(desk.Manager, $"from={Now}&to=2031-06-01T00:00:00Z");
        var back = await DiffAsync(desk.Manager, $"from=2031-06-01T00:00:00Z&to={Now}");
        var same = await DiffAsync(desk.Manager, "from=2031-06-01T00:00:00Z&to=2031-07-01T00:00:00Z");

        Assert.Equal("rulebook", Assert.Single(forth).Kind);
        Assert.Contains(
            forth[0].Words, words => words.StartsWith("rule 'Sales' added", StringComparison.Ordinal));
        Assert.DoesNotContain(forth[0].Words, words => words.Contains("Never", StringComparison.Ordinal));
        Assert.Contains(back[0].Words, words => words.Contains("'Sales' removed", StringComparison.Ordinal));
        Assert.Equal(2, forth[0].Words.Length);
        Assert.Empty(same);
    }

    [Fact]
    public async Task Both_instants_are_as_known_at_the_one_that_is_asked_for()
    {
        var company = await ledger.CompanyAsync();
        var auditor = await ledger.MemberAsync(company, Role.Auditor);
        var march = Instant.FromUtc(2026, 3, 2, 0, 0);
        await ledger.RecordAsync(company, "menu/main", new MenuDefined("main", MenuPlans.Main), march);
        await ledger.RecordAsync(
            company, "menu/main", new MenuRevised("main", MenuPlans.Renamed), march + Duration.FromDays(30));

        var now = await DiffAsync(auditor, $"from={Before}&to={Later}");
        var then = await DiffAsync(auditor, $"from=2026-03-03T00:00:00Z&to={Later}&knownAt=2026-03-10T00:00:00Z");

        Assert.Contains(now, thing => thing.Kind == "menu");
        Assert.DoesNotContain(then, thing => thing.Kind == "menu");
    }

    [Theory]
    [InlineData("", "from")]
    [InlineData("from=2026-03-01T00:00:00Z", "to")]
    [InlineData("from=2026-03-01&to=2026-03-02T00:00:00Z", "from")]
    [InlineData("from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00", "to")]
    [InlineData("from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&knownAt=now", "knownAt")]
    public async Task A_question_that_cannot_be_answered_names_its_parameter(string query, string field)
    {
        var auditor = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Auditor);

        var refused = (await auditor.GetAsync($"diff?{query}")).IsProblem(422, "invalid");

        Assert.Equal(field, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Members_do_not_see_it()
    {
        var company = await ledger.CompanyAsync();

        foreach (var role in new[] { Role.Member, Role.Billing })
        {
            (await (await ledger.MemberAsync(company, role)).GetAsync($"diff?from={Before}&to={Later}")).Is(403);
        }
    }

    private static async Task<Difference[]> DiffAsync(Caller caller, string query) =>
    [
        .. (await caller.GetAsync($"diff?{query}")).Is(200).Body.GetProperty("things").EnumerateArray()
            .Select(thing => new Difference(
                thing.GetProperty("kind").GetString()!,
                [.. thing.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("words").GetString()!)])),
    ];

    private sealed record Difference(string Kind, string[] Words);
}
