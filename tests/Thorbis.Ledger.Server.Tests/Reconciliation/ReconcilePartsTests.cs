using Xunit;
using static Thorbis.Ledger.Server.Tests.Reconciliation.Billing;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

/// <summary>Files of some record types are compared with the parts of a leg's cost that those bill.</summary>
[Collection<LedgerTests>]
public sealed class ReconcilePartsTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_file_of_one_record_type_is_compared_with_the_part_it_bills()
    {
        var (billing, leg) = await RecordedCallAsync();
        var clerk = await billing.ClerkAsync();

        async Task<string> CompareAsync(params string[] lines)
        {
            var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(lines))).Is(201);
            var parts = done.Body.TryGetProperty("parts", out var told)
                ? string.Join('+', told.EnumerateArray().Select(part => part.GetString()))
                : "whole";
            return $"{parts}: {Totals(done)}";
        }

        Assert.Equal("sip-trunking: matched/sip_trunking=1 matched/call=1", await CompareAsync(Trunk(leg, "0.0050")));
        Assert.Equal(
            "call-control: matched/call_control=1 matched/call=1", await CompareAsync(Control(leg, "0.0018")));
        Assert.Equal(
            "call-recording: matched/recording=1 matched/call=1", await CompareAsync(Recording(leg, "0.0038", 120)));
        Assert.Equal(
            "sip-trunking+call-control: matched/sip_trunking=1 matched/call_control=1 matched/call=1",
            await CompareAsync(Trunk(leg, "0.0050"), Control(leg, "0.0018")));
        Assert.Equal(
            "sip-trunking: duration_differs/sip_trunking=1 duration_differs/call=1",
            await CompareAsync(Trunk(leg, "0.0050", 120)));
        // What is part of nothing that the carrier names is compared with the whole.
        Assert.Equal(
            "whole: matched/webrtc=1 matched/call=1",
            await CompareAsync($"w,webrtc,,{leg},s-{leg},,,,2026-03-10T12:00:00Z,120,0.0106,USD"));
        Assert.Equal(
            "whole: cost_differs/sip_trunking=1 cost_differs/webrtc=1 cost_differs/call=1",
            await CompareAsync(
                Trunk(leg, "0.0050"), $"w,webrtc,,{leg},s-{leg},,,,2026-03-10T12:00:00Z,120,0,USD"));
        // All that can be billed is there: whatever else the carrier reported is missing in it.
        Assert.Equal(
            "whole: matched/sip_trunking=1 matched/call_control=1 matched/recording=1 matched/call=1",
            await CompareAsync(Trunk(leg, "0.0050", 120), Control(leg, "0.0018"), Recording(leg, "0.0038")));
    }

    [Fact]
    public async Task A_part_that_is_billed_otherwise_differs_by_that_part_alone()
    {
        var (billing, leg) = await RecordedCallAsync();
        var clerk = await billing.ClerkAsync();

        var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(Trunk(leg, "0.0080")))).Is(201);

        var difference = Assert.Single((await clerk.GetAsync(
            $"reconciliations/{done.Text("reconciliationId")}/differences")).Is(200).Items);
        Assert.Equal(
            ("cost_differs", "0.0050", "0.0080"),
            (difference.GetProperty("class").GetString(), Amount("ledger"), Amount("record")));
        string Amount(string side) =>
            difference.GetProperty(side).GetProperty("cost").GetProperty("amount").GetRawText();
    }

    [Fact]
    public async Task A_leg_without_the_part_needs_no_record_and_one_with_it_does()
    {
        var (billing, _) = await RecordedCallAsync();
        await billing.CallAsync("0.0100");
        await billing.Traffic.AnsweredCallAsync(Webhooks.Telnyx.Noon); // Its cost is not told yet.
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();

        var recordings = (await clerk.PostAsync($"reconciliations?{March}", Csv(Recording("none", "0.1")))).Is(201);
        var controls = (await clerk.PostAsync($"reconciliations?{March}", Csv(Control("none", "0.1")))).Is(201);

        Assert.Equal("missing_here/recording=1 missing_at_carrier/call=1", Totals(recordings));
        // The one that was never priced may have the part; it stands apart, as it has no currency.
        Assert.Equal(
            "missing_here/call_control=1 missing_at_carrier/call=1 missing_at_carrier/call=1", Totals(controls));
    }

    [Fact]
    public async Task What_the_carrier_reported_for_other_parts_alone_makes_a_record_differ()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.CallAsync("0.0100");
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();

        var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(Control(leg, "0.0100")))).Is(201);

        Assert.Equal("cost_differs/call_control=1 cost_differs/call=1", Totals(done));
    }

    /// <summary>A call whose trunk, control and recording the carrier reports: 0.0106, at most 120 s.</summary>
    private async Task<(Billing Billing, string Leg)> RecordedCallAsync()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.Traffic.AnsweredCallAsync(Webhooks.Telnyx.Noon);
        await billing.CostAsync(leg, "0.0106", 120,
            [("sip-trunking", "0.0050", 60), ("call-recording", "0.0038", 120), ("call-control", "0.0018", 60)]);
        await billing.Traffic.Telnyx.SettleAsync();
        return (billing, leg);
    }
}
