using System.Text;
using System.Text.Json;
using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Reconciliation.Billing;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

[Collection<LedgerTests>]
public sealed class ReconcileFileTests(LedgerHost ledger)
{
    [Fact]
    public async Task Every_record_and_every_item_comes_to_one_class()
    {
        var (billing, lines, legs) = await OneOfEachAsync();
        var clerk = await billing.ClerkAsync();

        var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(lines))).Is(201);

        Assert.Equal(EachTotals, Totals(done));
        Assert.Equal(("detail_records", 9, 0), (
            done.Text("layout"), done.Body.GetProperty("records").GetInt32(),
            done.Body.GetProperty("unknownColumns").GetArrayLength()));
        var differences = (await clerk.GetAsync(
            $"reconciliations/{done.Text("reconciliationId")}/differences")).Is(200).Items;
        Assert.Equal(
            [
                $"cost_differs {legs[1]} 0.0100 0.0120", "duplicate - - 0.0051", "duplicate - - 0.0070",
                $"duration_differs {legs[2]} 0.0100 0.0100", $"missing_at_carrier {legs[3]} 0.0100 -",
                "missing_here strange - 0.5",
            ],
            differences.Select(Words).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Any_order_of_the_rows_gives_the_same_totals()
    {
        var (billing, lines, _) = await OneOfEachAsync();
        var clerk = await billing.ClerkAsync();
        var orders = new HashSet<string>();

        await Gen.Shuffle(lines).SampleAsync(
            async order =>
            {
                var done = await clerk.PostAsync($"reconciliations?{March}", Csv(order));
                orders.Add(string.Join('\n', order));
                Assert.Equal(EachTotals, Totals(done));
            },
            iter: 20, threads: 1);

        Assert.True(orders.Count > 10);
    }

    [Fact]
    public async Task The_same_file_is_answered_with_what_came_of_it_until_the_ledger_has_moved_on()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.Traffic.AnsweredCallAsync(Telnyx.Noon);
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();
        var file = Trunk(leg, "0.0100");

        var first = (await clerk.PostAsync($"reconciliations?{March}", Csv(file))).Is(201);
        var second = (await clerk.PostAsync($"reconciliations?{March}", Csv(file))).Is(200);
        var again = (await clerk.PostAsync($"reconciliations?{March}&again=true", Csv(file))).Is(200);

        Assert.Equal(first.Text("reconciliationId"), second.Text("reconciliationId"));
        Assert.Equal(first.Text("reconciliationId"), again.Text("reconciliationId"));
        Assert.EndsWith(first.Text("reconciliationId"), second.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal((false, true), (
            first.Body.GetProperty("repeated").GetBoolean(), second.Body.GetProperty("repeated").GetBoolean()));
        Assert.Equal("matched/sip_trunking=1 matched/call=1", Totals(first));
        Assert.Equal(1, first.Body.GetProperty("itemTotals")[0].GetProperty("unpriced").GetInt32());

        await billing.CostAsync(leg, "0.0200", 60);
        await billing.Traffic.Telnyx.SettleAsync();
        (await clerk.PostAsync($"reconciliations?{March}", Csv(file))).Is(200);
        var anew = (await clerk.PostAsync($"reconciliations?{March}&again=true", Csv(file))).Is(201);

        Assert.Equal("cost_differs/sip_trunking=1 cost_differs/call=1", Totals(anew));
        Assert.Equal(2, (await clerk.GetAsync("reconciliations")).Items.Length);
        (await clerk.PostAsync("reconciliations?from=2026-03-01&to=2026-03-31", Csv(file))).Is(201);
    }

    [Fact]
    public async Task What_belongs_to_another_company_is_missing_here_and_shown_nowhere()
    {
        var theirs = await NewAsync(ledger);
        var leg = await theirs.CallAsync("0.0100");
        var message = await theirs.Traffic.MessageAsync(Telnyx.Noon, "secret", PhoneTraffic.Stranger);
        var ours = await NewAsync(ledger);
        await ours.Traffic.Telnyx.SettleAsync();
        var clerk = await ours.ClerkAsync();
        string[] file =
        [
            Trunk(leg, "0.0100"), Control(leg, "0"), Message(message, "0.0051"), $"r,recording,,,s-{leg},,,,,,0.1,USD",
            $",sip-trunking,,,,,{PhoneTraffic.Stranger},{theirs.Traffic.Number},2026-03-10T12:00:00Z,60,0.2,USD",
        ];

        var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(file))).Is(201);

        Assert.Equal(
            "missing_here/sip_trunking=2 missing_here/call_control=1 missing_here/recording=1 missing_here/message=1",
            Totals(done));
        var path = $"reconciliations/{done.Text("reconciliationId")}";
        Assert.All((await clerk.GetAsync($"{path}/differences")).Items, difference =>
        {
            Assert.False(difference.TryGetProperty("ledger", out _));
            Assert.Equal(0, difference.GetProperty("evidence").GetArrayLength());
        });
        var stranger = await theirs.ClerkAsync();
        foreach (var hidden in new[] { path, $"{path}/differences", $"{path}/dispute.csv" })
        {
            (await stranger.GetAsync(hidden)).IsProblem(404, "not-found");
        }
    }

    [Fact]
    public async Task Records_without_ids_are_matched_by_parties_and_time()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.CallAsync("0.0100");
        var redial = await billing.CallAsync("0.0200", 120, Telnyx.Noon + Duration.FromSeconds(75));
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();
        var (from, to) = (PhoneTraffic.Stranger[1..], billing.Traffic.Number);
        var report = $"""
            Origination_Number,Terminating_Number,Start_Timestamp,Billable_Time,Cost,sip_call_id
            {from},{to},2026-03-10 08:00:02,60,0.0100,x1
            {from},{to},2026-03-10 08:01:14,120,0.0200,x2
            {from},{to},2026-03-10 08:00:32,60,0.0300,x3
            {from},+12025550000,2026-03-10 08:00:00,60,0.0400,x4
            """;

        var done = (await clerk.PostAsync(
            $"reconciliations?{March}&currency=USD", new StringContent(report, Encoding.UTF8, "text/csv"))).Is(201);

        Assert.Equal("call_report", done.Text("layout"));
        Assert.Equal("matched/voice=2 missing_here/voice=2 matched/call=2", Totals(done));
        Assert.NotEqual(leg, redial);
    }

    [Fact]
    public async Task A_record_of_the_session_alone_stands_for_the_whole_call()
    {
        var billing = await NewAsync(ledger);
        var (one, other) = await billing.ForwardedAsync(ledger.Unique("leg"), "0.0100", "0.0200");
        var clerk = await billing.ClerkAsync();
        var recording = $"r-{one},recording,,,s-{one},,,,2026-03-10T12:00:00Z,30,0.0050,USD";

        var whole = (await clerk.PostAsync($"reconciliations?{March}", Csv(
            Control(one, "0.0100"), Leg(one, other, "0.0150"), recording))).Is(201);
        var shifted = (await clerk.PostAsync($"reconciliations?{March}", Csv(
            Control(one, "0.0300"), Leg(one, other, "0")))).Is(201);
        var apart = (await clerk.PostAsync($"reconciliations?{March}", Csv(Control(one, "0.0100")))).Is(201);

        Assert.Equal("matched/call_control=2 matched/recording=1 matched/call=1", Totals(whole));
        // One of two legs may bear the whole amount: nobody is owed anything.
        Assert.Equal("matched/call_control=2 matched/call=2", Totals(shifted));
        Assert.Equal("matched/call_control=1 matched/call=1 missing_at_carrier/call=1", Totals(apart));
    }

    [Fact]
    public async Task What_lies_outside_the_range_is_matched_but_never_missing_at_the_carrier()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.CallAsync("0.0100");
        var other = await billing.CallAsync("0.0100");
        var message = await billing.Traffic.MessageAsync(Telnyx.Noon, "x", PhoneTraffic.Stranger);
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();

        var done = (await clerk.PostAsync("reconciliations?from=2026-04-01&to=2026-05-01", Csv(
            Trunk(leg, "0.0100"), $"x,call-control,,{other},,,,,,60,0.0100,USD", Message(message, "0.0051"))))
            .Is(201);

        Assert.Equal(
            "matched/sip_trunking=1 matched/call_control=1 matched/message=1 matched/call=2 matched/message=1",
            Totals(done));
    }

    [Fact]
    public async Task A_file_of_calls_says_nothing_of_messages()
    {
        var billing = await NewAsync(ledger);
        await billing.CallAsync("0.0100");
        await billing.Traffic.MessageAsync(Telnyx.Noon, "x", PhoneTraffic.Stranger);
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();

        var calls = (await clerk.PostAsync($"reconciliations?{March}", Csv(Trunk("none", "0")))).Is(201);
        var messages = (await clerk.PostAsync($"reconciliations?{March}", Csv(Message("none", "0")))).Is(201);

        Assert.Equal("missing_here/sip_trunking=1 missing_at_carrier/call=1", Totals(calls));
        Assert.Equal("missing_here/message=1 missing_at_carrier/message=1", Totals(messages));
    }

    [Fact]
    public async Task The_dispute_names_both_sides_and_the_signed_evidence()
    {
        var (billing, lines, legs) = await OneOfEachAsync();
        var clerk = await billing.ClerkAsync();
        var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(lines))).Is(201);

        var file = (await clerk.GetAsync(
            $"reconciliations/{done.Text("reconciliationId")}/dispute.csv?class=cost_differs&zone=UTC")).Is(200);

        var row = file.Content.Split("\r\n")[1].Split(',');
        Assert.Equal(
            $"cost_differs,s-{legs[1]},{legs[1]},,{PhoneTraffic.Stranger},{billing.Traffic.Number},"
            + "2026-03-10T12:00:00+00:00,2026-03-10T12:00:00+00:00,60,60,0.0100,USD,0.0120,USD,0.0020,"
            + $"sip_trunking,t-{legs[1]},6", string.Join(',', row[..^1]));
        var auditor = await billing.Traffic.AsAsync(Role.Auditor);
        var evidence = row[^1].Split(';');
        Assert.Equal(4, evidence.Length); // Start, answer, hang-up and cost.
        foreach (var journal in evidence)
        {
            (await auditor.GetAsync($"journal/{journal}")).Is(200);
        }
    }

    private const string EachTotals =
        "matched/sip_trunking=1 matched/call_control=1 matched/message=1 matched/machine_detection=1 "
        + "missing_here/call_control=1 duration_differs/sip_trunking=1 cost_differs/sip_trunking=1 "
        + "duplicate/sip_trunking=1 duplicate/message=1 "
        + "matched/call=1 matched/message=1 missing_at_carrier/call=1 duration_differs/call=1 cost_differs/call=1";

    private static string Leg(string call, string leg, string cost) =>
        $"a-{leg},call-control,,{leg},s-{call},,,,2026-03-10T12:00:00Z,60,{cost},USD";

    private static string Words(JsonElement difference)
    {
        string Of(string side, Func<JsonElement, string> read) =>
            difference.TryGetProperty(side, out var found) ? read(found) : "-";
        static string Cost(JsonElement side) => side.GetProperty("cost").GetProperty("amount").GetRawText();
        var leg = difference.GetProperty("class").GetString() != "duplicate"
            && difference.TryGetProperty("legId", out var id) ? id.GetString() : "-";
        return $"{difference.GetProperty("class").GetString()} {leg} {Of("ledger", Cost)} {Of("record", Cost)}";
    }

    /// <summary>A call that is matched and bills detection too, one each of other cost, other time and without a
    /// record; a message; a stranger's record.</summary>
    private async Task<(Billing Billing, string[] Lines, string[] Legs)> OneOfEachAsync()
    {
        var billing = await NewAsync(ledger);
        string[] legs =
        [
            await billing.CallAsync("0.0100"), await billing.CallAsync("0.0100"), await billing.CallAsync("0.0100"),
            await billing.CallAsync("0.0100"),
        ];
        var message = await billing.Traffic.MessageAsync(Telnyx.Noon, "x", PhoneTraffic.Stranger);
        await billing.Traffic.Telnyx.SettleAsync();
        string[] lines =
        [
            Trunk(legs[0], "0.0080"), Control(legs[0], "0.0020", 57), Trunk(legs[0], "0.0070"),
            $"d,amd,,{legs[0]},s-{legs[0]},,,,,,0.0040,USD", Trunk(legs[1], "0.0120"), Trunk(legs[2], "0.0100", 120),
            Message(message, "0.0051"), Message(message, "0.0051"), Control("strange", "0.5"),
        ];
        return (billing, lines, legs);
    }
}
