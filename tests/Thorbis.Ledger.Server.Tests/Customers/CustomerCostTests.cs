using System.Globalization;
using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Customers;

[Collection<LedgerTests>]
public sealed class CustomerCostTests(LedgerHost ledger)
{
    private const string Cost = """
        ,"status":"success","total_cost":"0.0106","billed_duration_secs":60,"cost_parts":[
        {"call_part":"sip-trunking","billed_duration_secs":60,"cost":"0.0106","currency":"USD","rate":"0.0100"}]
        """;

    [Fact]
    public async Task Costs_follow_the_customer_of_the_party_else_the_number_and_lines_that_are_there_stay()
    {
        var traffic = await PhoneTraffic.NewAsync(ledger);
        var early = await traffic.AnsweredCallAsync(Telnyx.Noon);
        await traffic.Telnyx.SettleAsync();
        var billing = await traffic.AsAsync(Role.Billing);
        await AssignAsync(billing, $"numbers/{Uri.EscapeDataString(traffic.Number)}", "desk", "2026-03-01");
        (await billing.PutAsync("customers/ACME-17", new { name = "Acme" })).Is(201);
        var link = new { party = PhoneTraffic.Stranger, from = "2026-03-01" };
        (await billing.PostAsync("customers/ACME-17/parties", link)).Is(200);
        await AssignAsync(billing, "customers/ACME-17", "acme", "2026-03-10");
        // Before, whatever is told of it later; after; by another party; before the customer's first day.
        await traffic.TellAsync("call.cost", early, Telnyx.Noon + Duration.FromMinutes(2), Cost);
        var late = await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(1));
        await traffic.TellAsync("call.cost", late, Telnyx.Noon + Duration.FromHours(2), Cost);
        await traffic.AnsweredCallAsync(Telnyx.Noon, from: "+14155550199");
        await traffic.AnsweredCallAsync(Telnyx.Noon - Duration.FromDays(1));
        await traffic.Telnyx.SettleAsync();
        string[] expected =
            [" 0.0106 carrier", " 0.012 deck", "acme 0.0106 carrier", "acme 0.012 deck", "desk 0.024 deck"];
        Assert.Equal(expected, await CallsAsync(billing));

        (await billing.DeleteAsync(
            $"customers/ACME-17/parties/{Uri.EscapeDataString(PhoneTraffic.Stranger)}?from=2026-03-10")).Is(204);
        await traffic.AnsweredCallAsync(Telnyx.Noon + Duration.FromHours(3));
        await traffic.Telnyx.SettleAsync();

        Assert.Equal([.. expected[..4], "desk 0.036 deck"], await CallsAsync(billing));
        Assert.Equal(expected[2..4], await CallsAsync(billing, "&costCentre=acme"));
        // By months, by quarters of an hour, and by lines.
        Assert.Equal(expected[2..4], await CallsAsync(billing, "&costCentre=acme&zone=UTC"));
        Assert.Equal(expected[2..4], await CallsAsync(
            billing, $"&costCentre=acme&zone=UTC&number={Uri.EscapeDataString(traffic.Number)}"));
        var lines = (await billing.GetAsync("cost-lines?costCentre=acme")).Is(200).Items;
        Assert.Equal([$"call/s-{late}"], lines.Select(line => Text(line, "stream")).Distinct());
        foreach (var line in lines)
        {
            var why = (await billing.GetAsync($"cost-lines/{Text(line, "lineId")}/why")).Is(200).Body;
            Assert.True(why.GetProperty("agrees").GetBoolean(), why.GetRawText());
        }
    }

    private static async Task AssignAsync(Caller caller, string of, string costCentre, string from) =>
        (await caller.PostAsync($"{of}/cost-centres", new { costCentre, from })).Is(200);

    private static async Task<List<string>> CallsAsync(Caller caller, string more = "") =>
        [.. (await caller.GetAsync($"costs?from=2026-03-01&to=2026-04-01&by=cost-centre,service{more}")).Is(200).Body
            .GetProperty("rows").EnumerateArray().Where(row => Text(row, "service") == "call_in")
            .Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{Text(row, "costCentre")} {row.GetProperty("amount").GetDecimal():0.####} {Text(row, "source")}"))
            .Order(StringComparer.Ordinal)];

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
