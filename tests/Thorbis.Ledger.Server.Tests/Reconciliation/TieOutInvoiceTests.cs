using System.Text.Json.Nodes;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

[Collection<LedgerTests>]
public sealed class TieOutInvoiceTests(LedgerHost ledger)
{
    [Fact]
    public async Task Ledger_charges_adjustments_and_tax_are_tied_out_to_the_cent()
    {
        var billing = await BilledAsync();
        var clerk = await billing.ClerkAsync();

        var done = (await clerk.PostAsync("invoice-tie-outs", Documents(total: "4.5451"))).Is(201);

        Assert.True(done.Body.GetProperty("tied").GetBoolean(), done.Content);
        Assert.Equal(
            ["usage calls 0.0300", "usage messages 0.0051", "recurring Local DIDs 2.50", "one_time Local DIDs 1.00",
                "other Port Out 0.75", "adjustment outage -0.25", "tax tax 0.51"],
            Lines(done, "lines"));
        Assert.Empty(Lines(done, "unexplained"));
        var kept = (await clerk.GetAsync($"invoice-tie-outs/{done.Text("tieOutId")}")).Is(200);
        Assert.Equal(done.Content, kept.Content);
        Assert.Equal(1, await ledger.ScalarAsync(
            "select count(*) from ledger.mt_events where tenant_id = $1 and stream_id = 'invoice/2026-03'",
            billing.Traffic.Company));
    }

    [Fact]
    public async Task Every_unexplained_cent_is_listed_where_it_shows()
    {
        var billing = await BilledAsync();
        var clerk = await billing.ClerkAsync();
        var documents = Documents(total: "4.64");
        documents["chargesBreakdown"]!["data"]!["results"]![0]!["services"]![0]!["cost"] = "1.49";

        var done = (await clerk.PostAsync("invoice-tie-outs", documents)).Is(201);

        Assert.False(done.Body.GetProperty("tied").GetBoolean());
        Assert.Equal(["recurring Local DIDs 0.01", "invoice total 0.0949"], Lines(done, "unexplained"));
        Assert.Equal("0.1049", done.Body.GetProperty("unexplainedSum").GetRawText());
    }

    [Fact]
    public async Task The_same_documents_are_tied_out_once_until_the_ledger_has_moved_on()
    {
        var billing = await BilledAsync();
        var clerk = await billing.ClerkAsync();

        var first = (await clerk.PostAsync("invoice-tie-outs", Documents("4.54"))).Is(201);
        var second = (await (await billing.ClerkAsync()).PostAsync("invoice-tie-outs", Documents("4.54"))).Is(200);
        await billing.CallAsync("0.0200");
        await billing.Traffic.Telnyx.SettleAsync();
        (await clerk.PostAsync("invoice-tie-outs", Documents("4.54"))).Is(201);

        Assert.Equal(first.Text("tieOutId"), second.Text("tieOutId"));
        Assert.True(second.Body.GetProperty("repeated").GetBoolean());
        Assert.Equal(2, (await clerk.GetAsync("invoice-tie-outs")).Items.Length);
    }

    [Theory]
    [InlineData("month", "\"March\"", "month")]
    [InlineData("zone", "\"Mars\"", "zone")]
    [InlineData("invoice.currency", "\"usd\"", "invoice.currency")]
    [InlineData("invoice.currency", "\"EUR\"", "chargesBreakdown.data.currency")]
    [InlineData("month", "\"2026-02\"", "chargesBreakdown.data.start_date")]
    [InlineData("chargesBreakdown", "[]", "chargesBreakdown")]
    [InlineData("chargesSummary.data.end_date", "\"2026-04-02\"", "chargesSummary.data.end_date")]
    [InlineData("chargesSummary.data.total.grand_total", "null", "chargesSummary.data.total.grand_total")]
    [InlineData("chargesSummary.data.total.other", "\"lots\"", "chargesSummary.data.total.other")]
    [InlineData("chargesSummary.data.summary.lines", "7", "chargesSummary.data.summary.lines")]
    public async Task A_document_that_cannot_be_taken_is_named_by_its_field(string path, string value, string field)
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        JsonNode documents = Documents("1");
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(documents, (node, name) => node[name]!);
        parent[names[^1]] = JsonNode.Parse(value);

        var refused = (await clerk.PostAsync("invoice-tie-outs", documents)).IsProblem(422, "invalid");

        var errors = refused.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name);
        Assert.Equal(field, Assert.Single(errors).Split('[')[0]);
        Assert.Empty((await clerk.GetAsync("invoice-tie-outs")).Items);
    }

    [Fact]
    public async Task Another_companys_tie_out_is_404_and_an_auditor_makes_none()
    {
        var billing = await BilledAsync();
        var done = (await (await billing.ClerkAsync()).PostAsync("invoice-tie-outs", Documents("4.54"))).Is(201);
        var stranger = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var auditor = await billing.Traffic.AsAsync(Role.Auditor);

        (await stranger.GetAsync($"invoice-tie-outs/{done.Text("tieOutId")}")).IsProblem(404, "not-found");
        (await auditor.PostAsync("invoice-tie-outs", Documents("4.54"))).Is(403);
        Assert.Single((await auditor.GetAsync("invoice-tie-outs")).Items);
    }

    /// <summary>Calls of 0.03 and a message of 0.0051 in March; a call that the next month has.</summary>
    private async Task<Billing> BilledAsync()
    {
        var billing = await Billing.NewAsync(ledger);
        await billing.CallAsync("0.0100");
        await billing.CallAsync("0.0200");
        await billing.CallAsync("9", at: NodaTime.Instant.FromUtc(2026, 4, 1, 0, 0));
        await billing.Traffic.MessageAsync(Telnyx.Noon, "x", PhoneTraffic.Stranger);
        await billing.Traffic.Telnyx.SettleAsync();
        return billing;
    }

    internal static IEnumerable<string> Lines(Answer answer, string list) =>
        answer.Body.GetProperty(list).EnumerateArray().Select(line =>
            $"{line.GetProperty("part")} {line.GetProperty("name")} {line.GetProperty("amount").GetRawText()}");

    internal static JsonObject Documents(string total) => JsonNode.Parse($$$"""
        {
          "month": "2026-03", "invoice": {"invoiceId": "inv-1", "currency": "USD", "total": {{{total}}}, "tax": 0.51},
          "chargesBreakdown": {"data": {
            "currency": "USD", "start_date": "2026-03-01", "end_date": "2026-04-01",
            "results": [{"tn": "+15551234567", "charge_type": "local", "services": [
              {"name": "Local DIDs", "cost": "1.50", "cost_type": "MRC"},
              {"name": "Local DIDs", "cost": "1.00", "cost_type": "OTC"}]},
              {"tn": "+15551234568", "services": [{"name": "Local DIDs", "cost": "1.00", "cost_type": "MRC"}]}]} },
          "chargesSummary": {"data": {
            "currency": "USD", "start_date": "2026-03-01", "end_date": "2026-04-01",
            "summary": {
              "adjustments": [{"amount": "-0.25", "description": "outage", "event_date": "2026-03-15"}],
              "lines": [
                {"type": "comparative", "alias": "local", "name": "Local DIDs",
                  "existing_this_month": {"mrc": "1.00", "otc": null, "quantity": 1},
                  "new_this_month": {"mrc": "1.50", "otc": "1.00", "quantity": 1}},
                {"type": "simple", "alias": "port_out", "name": "Port Out", "amount": "0.75", "quantity": 1}]},
            "total": {"existing_mrc": "1.00", "new_mrc": "1.50", "new_otc": "1.00", "other": "0.75",
              "credits": "-0.25", "ledger_adjustments": "0.00", "grand_total": "4.00"} }}
        }
        """)!.AsObject();
}
