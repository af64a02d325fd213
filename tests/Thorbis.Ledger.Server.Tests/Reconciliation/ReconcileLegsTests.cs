using System.Text.Json;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Reconciliation.Billing;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

/// <summary>Calls of several legs, and records that are about more than one item.</summary>
[Collection<LedgerTests>]
public sealed class ReconcileLegsTests(LedgerHost ledger)
{
    [Fact]
    public async Task Calls_folded_before_their_legs_bills_were_kept_are_compared_from_their_states()
    {
        var billing = await NewAsync(ledger);
        var (one, other) = await billing.ForwardedAsync(ledger.Unique("leg"), "0.0100", "0.0200");
        var clerk = await billing.ClerkAsync();
        var file = $"a-{other},,,{other},s-{one},,,,2026-03-10T12:00:00Z,61,0.0400,USD";

        var kept = await ComparedAsync(clerk, March, file);
        Assert.Single(await ledger.RowsAsync(
            "update ledger.call set leg_bills = null where tenant_id = $1 and leg_bills is not null returning call_id",
            billing.Traffic.Company));
        var folded = await ComparedAsync(clerk, "from=2026-03-01&to=2026-04-02", file);

        Assert.Equal(
            $"cost_differs {billing.Traffic.Number} +14155550199 60 0.0200 | "
            + $"missing_at_carrier {PhoneTraffic.Stranger} {billing.Traffic.Number} 60 0.0100", kept);
        Assert.Equal(kept, folded);
    }

    [Fact]
    public async Task A_record_about_two_items_hides_no_other_that_is_about_none()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.CallAsync("0.0100");
        var message = await billing.Traffic.MessageAsync(Telnyx.Noon, "x", PhoneTraffic.Stranger);
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();

        var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(
            $"x,message_detail_record,,{leg},s-{leg},{message},,,2026-03-10T12:00:00Z,,0.0051,USD",
            Control("strange", "0.5")))).Is(201);

        Assert.Contains("missing_here/call_control=1", Totals(done), StringComparison.Ordinal);
    }

    private static async Task<string> ComparedAsync(Caller clerk, string range, string file)
    {
        var done = (await clerk.PostAsync($"reconciliations?{range}", Csv(file))).Is(201);
        var differences = (await clerk.GetAsync(
            $"reconciliations/{done.Text("reconciliationId")}/differences")).Is(200).Items;
        return string.Join(" | ", differences.Select(Words).Order(StringComparer.Ordinal));
    }

    private static string Words(JsonElement difference)
    {
        var ledger = difference.GetProperty("ledger");
        return $"{difference.GetProperty("class").GetString()} {difference.GetProperty("from").GetString()} "
            + $"{difference.GetProperty("to").GetString()} {ledger.GetProperty("billedSeconds").GetInt64()} "
            + ledger.GetProperty("cost").GetProperty("amount").GetRawText();
    }
}
