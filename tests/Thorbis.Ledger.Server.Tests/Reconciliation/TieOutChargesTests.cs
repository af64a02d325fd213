using System.Text.Json.Nodes;
using Thorbis.Ledger.Server.Tests.Calls;
using Thorbis.Ledger.Server.Tests.Webhooks;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Reconciliation.TieOutInvoiceTests;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

/// <summary>What the documents of charges say, and what is billed beside them and beside calls.</summary>
[Collection<LedgerTests>]
public sealed class TieOutChargesTests(LedgerHost ledger)
{
    [Fact]
    public async Task Each_feature_of_a_number_is_a_line_and_a_missing_cent_shows_at_its_own()
    {
        var clerk = await (await BilledAsync()).ClerkAsync();
        var documents = Documents("6.8951");
        AddFeatures(documents, callerIdCost: "0.40");

        var done = (await clerk.PostAsync("invoice-tie-outs", documents)).Is(201);

        Assert.Equal(
            [
                "usage calls 0.0300", "usage messages 0.0051", "recurring Caller ID 0.40", "recurring E911 1.50",
                "recurring Local DIDs 2.50", "one_time E911 0.45", "one_time Local DIDs 1.00", "other Port Out 0.75",
                "adjustment outage -0.25", "tax tax 0.51",
            ],
            Lines(done, "lines"));
        Assert.Empty(Lines(done, "unexplained"));

        AddFeatures(documents = Documents("6.8951"), callerIdCost: "0.39");
        var lacking = (await clerk.PostAsync("invoice-tie-outs", documents)).Is(201);

        Assert.Equal(["recurring Caller ID 0.01"], Lines(lacking, "unexplained"));
    }

    [Fact]
    public async Task Usage_that_the_summary_lists_is_compared_with_the_ledgers_and_not_added()
    {
        var clerk = await (await BilledAsync()).ClerkAsync();
        var documents = Documents("4.5451");
        AddUsage(documents);

        var twice = (await clerk.PostAsync("invoice-tie-outs", documents)).Is(201);
        documents["usageAliases"] = new JsonArray("voice");
        var once = (await clerk.PostAsync("invoice-tie-outs", documents)).Is(201);
        documents["usageAliases"] = new JsonArray("voice", "fax");
        var unknown = (await clerk.PostAsync("invoice-tie-outs", documents)).IsProblem(422, "invalid");

        // Nothing in the document says that a line is usage: until somebody does, what counts twice is left over.
        Assert.Equal(["invoice total -0.0351"], Lines(twice, "unexplained"));
        Assert.True(once.Body.GetProperty("tied").GetBoolean(), once.Content);
        Assert.Empty(Lines(once, "unexplained"));
        Assert.True(unknown.Body.GetProperty("errors").TryGetProperty("usageAliases", out _), unknown.Content);
    }

    [Fact]
    public async Task What_files_bill_beside_calls_is_a_line_of_its_own()
    {
        var billing = await BilledAsync();
        var clerk = await billing.ClerkAsync();
        var leg = await billing.Traffic.AnsweredCallAsync(Telnyx.Noon);
        await billing.Traffic.Telnyx.SettleAsync();
        string Detection(string id) => $"{id},amd,,{leg},s-{leg},,,,,,0.0040,USD";
        var file = (await clerk.PostAsync($"reconciliations?{Billing.March}", Billing.Csv(
            Detection("a"), Detection("b"), Detection("a"), "s,stt,,,,,,,,,0.5,EUR"))).Is(201);
        var speech = (await clerk.PostAsync($"reconciliations?{Billing.March}", Billing.Csv(
            "t,tts,,x,,,,,,,0.0001,USD", Billing.Trunk(leg, "9")))).Is(201);
        var same = (await clerk.PostAsync("reconciliations?from=2026-03-05&to=2026-03-06", Billing.Csv(
            Detection("c")))).Is(201);
        var documents = Documents("4.5532");
        documents["zone"] = "America/New_York"; // Of which the ranges of the files are.

        async Task<Answer> TieOutAsync(params Answer[] files)
        {
            documents["reconciliations"] = new JsonArray(
                [.. files.Select(done => (JsonNode)done.Text("reconciliationId"))]);
            return await clerk.PostAsync("invoice-tie-outs", documents);
        }

        var done = (await TieOutAsync(file, speech)).Is(201);

        Assert.Equal(
            ["usage calls 0.0300", "usage messages 0.0051", "usage machine_detection 0.0080",
                "usage text_to_speech 0.0001"],
            Lines(done, "lines").Take(4));
        Assert.Empty(Lines(done, "unexplained"));
        Assert.Equal("EUR", done.Body.GetProperty("otherCurrencies")[0].GetProperty("currency").GetString());
        Assert.Equal(2, done.Body.GetProperty("reconciliations").GetArrayLength());
        // A record must not count twice, nor in another month.
        Refused(await TieOutAsync(file, same), "reconciliations[1]");
        documents["month"] = "2026-02";
        documents["chargesBreakdown"]!["data"]!["start_date"] = "2026-02-01";
        documents["chargesBreakdown"]!["data"]!["end_date"] = "2026-03-01";
        documents["chargesSummary"]!["data"]!["start_date"] = "2026-02-01";
        documents["chargesSummary"]!["data"]!["end_date"] = "2026-03-01";
        Refused(await TieOutAsync(file), "reconciliations[0]");
    }

    private static void Refused(Answer answer, string field) =>
        Assert.True(answer.IsProblem(422, "invalid").Body.GetProperty("errors").TryGetProperty(field, out _));

    /// <summary>Caller id of a number, and its emergency address with a set-up fee: 2.35 in the summary.</summary>
    private static void AddFeatures(JsonObject documents, string callerIdCost)
    {
        var services = documents["chargesBreakdown"]!["data"]!["results"]![0]!["services"]!.AsArray();
        services.Add(Json($$"""{"name": "Caller ID", "cost": "{{callerIdCost}}", "cost_type": "MRC"}"""));
        services.Add(Json("""{"name": "E911", "cost": "1.50", "cost_type": "MRC"}"""));
        services.Add(Json("""{"name": "E911", "cost": "0.45", "cost_type": "OTC"}"""));
        var summary = documents["chargesSummary"]!["data"]!;
        var lines = summary["summary"]!["lines"]!.AsArray();
        lines.Add(Json("""
            {"type": "comparative", "alias": "cnam", "name": "Caller ID",
              "existing_this_month": {"mrc": "0.40", "quantity": 1}, "new_this_month": {"mrc": "0.00", "quantity": 0}}
            """));
        lines.Add(Json("""
            {"type": "comparative", "alias": "e911", "name": "E911",
              "existing_this_month": {"mrc": "0.00", "quantity": 0},
              "new_this_month": {"mrc": "1.50", "otc": "0.45", "quantity": 1}}
            """));
        var total = summary["total"]!;
        total["existing_mrc"] = "1.40";
        total["new_mrc"] = "3.00";
        total["new_otc"] = "1.45";
        total["grand_total"] = "6.35";
    }

    /// <summary>The month's usage as a simple line, in the total of other charges.</summary>
    private static void AddUsage(JsonObject documents)
    {
        var summary = documents["chargesSummary"]!["data"]!;
        summary["summary"]!["lines"]!.AsArray().Add(Json(
            """{"type": "simple", "alias": "voice", "name": "Voice", "amount": "0.0351", "quantity": 3}"""));
        summary["total"]!["other"] = "0.7851";
        summary["total"]!["grand_total"] = "4.0351";
    }

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;

    /// <summary>Calls of 0.03 and a message of 0.0051 in March.</summary>
    private async Task<Billing> BilledAsync()
    {
        var billing = await Billing.NewAsync(ledger);
        await billing.CallAsync("0.0100");
        await billing.CallAsync("0.0200");
        await billing.Traffic.MessageAsync(Telnyx.Noon, "x", PhoneTraffic.Stranger);
        await billing.Traffic.Telnyx.SettleAsync();
        return billing;
    }
}
