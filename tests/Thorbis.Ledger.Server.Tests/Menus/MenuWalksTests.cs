using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Menus.MenuPlans;

namespace Thorbis.Ledger.Server.Tests.Menus;

/// <summary>All calls are of March 2026; what decides on them is recorded as of February.</summary>
[Collection<LedgerTests>]
public sealed class MenuWalksTests(LedgerHost ledger)
{
    private const string March = "menus/main/walks?from=2026-03-01&to=2026-04-01";
    private static readonly Instant February = Instant.FromUtc(2026, 2, 1, 0, 0);
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 17, 0);

    [Fact]
    public async Task Paths_are_counted_from_the_keys_that_calls_pressed()
    {
        var traffic = await RoutedAsync(Desk(1, new PlayMenu("main")));
        foreach (var keys in new[] { "1 2", "", "1 2", "#", "5 1234", "1 2 7" })
        {
            await CallAsync(traffic, Noon, keys);
        }
        await CallAsync(traffic, February - Duration.FromDays(1), "1"); // Out of the range, and before the menu.
        await traffic.Telnyx.SettleAsync();

        var walks = (await (await traffic.AsAsync(Role.Member)).GetAsync(March)).Is(200).Body;

        Assert.Equal(
            [
                "1 2: 3 left +4930999", ": 1 waiting ", "#: 1 left an announcement, and is hung up",
                "5 ?: 1 unknown ",
            ],
            walks.GetProperty("walks").EnumerateArray().Select(Line));
        Assert.Equal(
            (6, 0, 0, 0), (Number(walks, "calls"), Number(walks.GetProperty("more"), "paths"),
            Number(walks.GetProperty("more"), "calls"), Number(walks.GetProperty("cannotTell"), "calls")));
        Assert.DoesNotContain("1234", walks.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_counts_by_what_was_in_force_when_it_began()
    {
        var traffic = await RoutedAsync(Desk(1, new PlayMenu("main")));
        await ledger.RecordAsync(traffic.Company, "rulebook", new RuleDisabled(Id(1)), Noon);
        await CallAsync(traffic, Noon - Duration.FromSeconds(1), "1");
        await CallAsync(traffic, Noon, "1");
        await traffic.Telnyx.SettleAsync();

        var walks = (await (await traffic.AsAsync(Role.Auditor)).GetAsync(March)).Is(200).Body;

        Assert.Equal((1, "1: 1 waiting "), (
            Number(walks, "calls"), Assert.Single(walks.GetProperty("walks").EnumerateArray().Select(Line))));
    }

    [Fact]
    public async Task What_cannot_be_told_is_counted_with_its_reason()
    {
        var traffic = await RoutedAsync(
            Desk(1, new Direct(new ToNumber("+4940999")), new FromCustomer([])), Desk(2, new PlayMenu("main")));
        await CallAsync(traffic, Noon, "1");
        await traffic.Telnyx.SettleAsync();

        var walks = (await (await traffic.AsAsync(Role.Member)).GetAsync(March)).Is(200).Body;

        var untold = walks.GetProperty("cannotTell");
        Assert.Equal((0, 1, 1), (
            Number(walks, "calls"), Number(untold, "calls"), Number(untold.GetProperty("because"), "customer")));
    }

    [Fact]
    public async Task Another_companys_calls_are_not_counted()
    {
        var traffic = await RoutedAsync(Desk(1, new PlayMenu("main")));
        var other = await RoutedAsync(Desk(1, new PlayMenu("main")));
        await CallAsync(traffic, Noon, "1");
        await traffic.Telnyx.SettleAsync();

        Assert.Equal(0, Number((await (await other.AsAsync(Role.Owner)).GetAsync(March)).Is(200).Body, "calls"));
    }

    private async Task<PhoneTraffic> RoutedAsync(params Rule[] rules)
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        await ledger.RecordAsync(traffic.Company, "menu/main", new MenuDefined("main", Main), February);
        foreach (var rule in rules)
        {
            await ledger.RecordAsync(
                traffic.Company, "rulebook", new RuleAdded(rule, rule.Id == Id(1) ? null : Id(1), null), February);
        }
        return traffic;
    }

    /// <param name="keys">What each gather ended with.</param>
    private async Task CallAsync(PhoneTraffic traffic, Instant at, string keys)
    {
        var leg = ledger.Unique("leg");
        await traffic.Telnyx.PostAsync(Telnyx.Started(leg, PhoneTraffic.Stranger, traffic.Number, at: at));
        foreach (var (i, digits) in keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            await traffic.TellAsync(
                "call.gather.ended", leg, at + Duration.FromSeconds(5 + i),
                $""","digits":"{digits}","status":"valid" """);
        }
        await traffic.TellAsync(
            "call.hangup", leg, at + Duration.FromMinutes(1),
            ""","hangup_cause":"normal_clearing","hangup_source":"caller" """);
    }

    private static Rule Desk(int id, RuleAction then, params Condition[] when) =>
        new(Id(id), $"R{id}", true, when, then, new(20, CallRecording.None), null, null);

    private static Guid Id(int id) => new(id, 0, 0, new byte[8]);

    private static string Line(JsonElement walk)
    {
        var end = walk.GetProperty("end");
        return $"{walk.GetProperty("keys").GetString()}: {Number(walk, "calls")} {end.GetProperty("kind").GetString()} "
            + (end.TryGetProperty("words", out var words) ? words.GetString() : "");
    }

    private static int Number(JsonElement item, string property) => item.GetProperty(property).GetInt32();
}
