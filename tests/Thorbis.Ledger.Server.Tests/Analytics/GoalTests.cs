using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Analytics;

[Collection<LedgerTests>]
public sealed class GoalTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_call_back_counts_within_its_days_and_what_may_still_come_is_pending()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var callers = new Callers(ledger, traffic);
        var other = $"+1202556{int.Parse(ledger.Unique("n")[2..]):D4}";
        await ledger.HoldAsync(traffic.Company, other);
        var ended = Telnyx.Noon + Duration.FromSeconds(20);
        var within = ended + Duration.FromHours(48);
        var now = ledger.Clock.GetCurrentInstant();
        foreach (var party in Enumerable.Range(1, 6).Select(Party))
        {
            await callers.LostCallAsync(Telnyx.Noon, party, 20);
        }
        await callers.CallBackAsync(within, Party(1));                                       // At the last instant.
        await callers.CallBackAsync(ended + Duration.FromHours(1), Party(2), own: other);       // From any own number.
        await callers.CallBackAsync(within + Duration.FromSeconds(1), Party(3));             // Too late.
        await callers.CallBackAsync(ended - Duration.FromSeconds(1), Party(4));              // Before it was missed.
        await callers.CallBackAsync(ended + Duration.FromHours(1), Party(5), connected: false);
        await callers.LostCallAsync(now - Duration.FromHours(47), Party(7), 20);             // Its time is not over.
        await callers.LostCallAsync(now - Duration.FromHours(49), Party(8), 20);             // Its time is over.
        await callers.AnsweredCallAsync(Telnyx.Noon, Party(9));                              // Not missed,
        await callers.LostCallAsync(Telnyx.Noon, Party(10), 4);                              // too short.
        await traffic.Telnyx.SettleAsync();
        var manager = await traffic.AsAsync(Role.Manager);
        (await manager.PostAsync("goals", new { name = "back", kind = "calledBack", days = 2 })).Is(201);

        var figure = await FigureAsync(manager);

        Assert.Equal("8 2 1 0.285714", Of(figure, "eligible", "converted", "pending", "rate"));
    }

    [Fact]
    public async Task Talk_above_the_seconds_and_a_key_of_a_menu_convert_whoever_could_have()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var callers = new Callers(ledger, traffic);
        await callers.QueuedCallAsync(Telnyx.Noon, Party(1));    // Key 1, 60 s of talk.
        await callers.AnsweredCallAsync(Telnyx.Noon, Party(2));  // 57 s of talk.
        await callers.LostCallAsync(Telnyx.Noon, Party(3), 20);
        await callers.LostCallAsync(Telnyx.Noon, Party(4), 5);   // Too short to be eligible.
        await callers.CallBackAsync(Telnyx.Noon, Party(5));      // Outgoing.
        await traffic.Telnyx.SettleAsync();
        var manager = await traffic.AsAsync(Role.Manager);

        (await manager.PostAsync("goals", new { name = "57", kind = "answeredLonger", seconds = 57 })).Is(201);
        (await manager.PostAsync("goals", new { name = "56", kind = "answeredLonger", seconds = 56 })).Is(201);
        (await manager.PostAsync("goals", new { name = "one", kind = "pressedKey", key = "1" })).Is(201);
        (await manager.PostAsync("goals", new { name = "two", kind = "pressedKey", key = "2" })).Is(201);

        var goals = (await manager.GetAsync("analytics?from=2026-03-01&to=2026-04-01")).Is(200).Body
            .GetProperty("conversion").GetProperty("goals").EnumerateArray()
            .Select(goal => Of(goal, "eligible", "converted", "pending", "rate"));
        Assert.Equal(["3 1 0 0.333333", "3 2 0 0.666667", "3 1 0 0.333333", "3 0 0 0"], goals);
    }

    [Fact]
    public async Task A_goal_is_a_fact_and_its_retirement_another_and_each_only_once()
    {
        var manager = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Manager);
        var goal = new { name = "sales", kind = "pressedKey", key = "1", reason = "the campaign" };

        var id = (await manager.PostAsync("goals", goal)).Is(201).Text("goalId");
        (await manager.PostAsync("goals", goal)).IsProblem(409, "goal-exists");
        (await manager.DeleteAsync($"goals/{id}?reason=over")).Is(204);
        (await manager.DeleteAsync($"goals/{id}?reason=over")).Is(204);
        (await manager.PostAsync("goals", goal)).Is(201);

        Assert.Equal(
            ["goal_defined the campaign", "goal_retired over"],
            await ledger.RowsAsync(
                """
                select type || ' ' || (data->>'reason') from ledger.mt_events where stream_id = $1 order by version
                """, $"goal/{id}"));
        var goals = (await manager.GetAsync("goals")).Is(200).Items;
        Assert.Equal([true, false], goals.Select(one => one.TryGetProperty("retiredAt", out _)));
    }

    [Fact]
    public async Task Goals_are_managers_business_and_another_companys_are_not_there()
    {
        var company = await ledger.CompanyAsync();
        var manager = await ledger.MemberAsync(company, Role.Manager);
        var member = await ledger.MemberAsync(company, Role.Member);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var goal = new { name = "back", kind = "calledBack", days = 1 };
        var id = (await manager.PostAsync("goals", goal)).Is(201).Text("goalId");

        (await member.PostAsync("goals", goal)).IsProblem(403, "forbidden");
        (await member.DeleteAsync($"goals/{id}")).IsProblem(403, "forbidden");
        Assert.Single((await member.GetAsync("goals")).Items);
        (await stranger.DeleteAsync($"goals/{id}")).IsProblem(404, "not-found");
        Assert.Empty((await stranger.GetAsync("goals")).Items);
        var refused = (await manager.PostAsync("goals", new { name = "x", kind = "calledBack" }))
            .IsProblem(422, "invalid");
        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("days", out _), refused.Content);
    }

    private static string Party(int place) => $"+1415555{2000 + place}";

    private static async Task<JsonElement> FigureAsync(Caller caller) =>
        (await caller.GetAsync("analytics?from=2026-03-01")).Is(200).Body.GetProperty("conversion")
            .GetProperty("goals")[0];

    private static string Of(JsonElement goal, params string[] names) =>
        string.Join(' ', names.Select(name => goal.GetProperty(name).GetRawText()));
}
