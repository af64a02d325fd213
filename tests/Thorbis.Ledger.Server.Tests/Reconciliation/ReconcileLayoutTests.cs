using System.Text;
using Thorbis.Ledger.Domain.Companies;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Reconciliation.Billing;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

/// <summary>The forms that files come in.</summary>
[Collection<LedgerTests>]
public sealed class ReconcileLayoutTests(LedgerHost ledger)
{
    private const string Record = """
        {"record_type":"call-control","id":"a","telnyx_leg_id":"LEG","telnyx_session_id":"s-LEG","tags":["x","y"],
        "started_at":"2026-03-10T12:00:00Z","billed_sec":60,"cost":"1.0E-2","currency":"USD","mos":null,"new":{"a":1}}
        """;

    [Theory]
    [InlineData("""{"data":[RECORD],"meta":{"page_number":1}}""")]
    [InlineData("""{"meta":{"page_number":1,"x":[{"cost":1}]},"data":[RECORD]}""")]
    [InlineData("""{"data":RECORD}""")]
    [InlineData("[RECORD]")]
    [InlineData("RECORD")]
    [InlineData("""{"meta":{"total":0},"data":[]} {"meta":{"total":1},"data":[RECORD]} {"data":[]}""")]
    public async Task Json_comes_as_an_answer_a_list_or_record_by_record(string form)
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.CallAsync("0.0100", part: "call-control");
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();
        var record = Record.Replace("LEG", leg, StringComparison.Ordinal);
        var file = form.Replace("RECORD", record, StringComparison.Ordinal);

        var done = (await clerk.PostAsync($"reconciliations?{March}", Json(file))).Is(201);

        Assert.Equal("matched/call_control=1 matched/call=1", Totals(done));
        Assert.Equal("new.a", Assert.Single(done.Body.GetProperty("unknownColumns").EnumerateArray()).GetString());
        Assert.Equal(
            "0.010", done.Body.GetProperty("recordTotals")[0].GetProperty("cost").GetProperty("amount").GetRawText());
    }

    [Fact]
    public async Task Json_records_need_not_have_the_same_fields_and_may_be_longer_than_a_buffer()
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        var text = new string('x', 200_000);
        var file = $$"""
            {"uuid":"m1","cost":"0","currency":"USD"}{"telnyx_leg_id":"l1","billed_sec":1,"text":"{{text}}"}
            {"id":"m2","record_type":"message","from":{"phone_number":"+14155550123"},"to":[{"phone_number":"1"},
            {"phone_number":"2"}],"cost":{"amount":"0.0050","currency":"USD"} }
            """;

        var done = (await clerk.PostAsync($"reconciliations?{March}", Json(file))).Is(201);

        Assert.Equal("missing_here/voice=1 missing_here/message=2", Totals(done));
    }

    [Fact]
    public async Task Csv_may_have_a_mark_any_line_end_quotes_blanks_and_columns_that_nobody_knows()
    {
        var billing = await NewAsync(ledger);
        var leg = await billing.CallAsync("0.0100");
        await billing.Traffic.Telnyx.SettleAsync();
        var clerk = await billing.ClerkAsync();
        var file = $"""
            "Telnyx Leg Id",COST,Currency,"a ""new"" one",record_type

             {leg} ,"0.0200",usd,"two
            lines",call-control
            """;

        foreach (var ends in new[] { "\n", "\r\n" })
        {
            byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(file.ReplaceLineEndings(ends))];
            var body = new ByteArrayContent(bytes) { Headers = { ContentType = new("text/csv") } };
            var done = (await clerk.PostAsync($"reconciliations?{March}", body)).Is(201);

            Assert.Equal("cost_differs/call_control=1 cost_differs/call=1", Totals(done));
            Assert.Equal("a \"new\" one", done.Body.GetProperty("unknownColumns")[0].GetString());
            var differences = (await clerk.GetAsync(
                $"reconciliations/{done.Text("reconciliationId")}/differences")).Items;
            var record = Assert.Single(differences).GetProperty("record");
            Assert.Equal(
                $"two{ends}lines", record.GetProperty("unknown").GetProperty("a \"new\" one").GetString());
        }
    }

    [Fact]
    public async Task Differences_page_and_filter()
    {
        var clerk = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Billing);
        string[] lines = [.. Enumerable.Range(0, 5).Select(i => Trunk($"l{i}", "0.1")), Trunk("l0", "0.1")];
        var done = (await clerk.PostAsync($"reconciliations?{March}", Csv(lines))).Is(201);
        var path = $"reconciliations/{done.Text("reconciliationId")}/differences";

        var first = (await clerk.GetAsync($"{path}?class=missing_here&limit=3")).Is(200);
        var second = (await clerk.GetAsync($"{path}?class=missing_here&limit=3&cursor={first.Text("next")}")).Is(200);

        Assert.Equal((3, 2), (first.Items.Length, second.Items.Length));
        Assert.Equal(5, first.Items.Concat(second.Items).Select(d => d.GetProperty("differenceId").GetInt64())
            .Distinct().Count());
        Assert.Single((await clerk.GetAsync($"{path}?class=duplicate")).Items);
        (await clerk.GetAsync($"{path}?class=matched")).IsProblem(422, "invalid");
        (await clerk.GetAsync($"{path}?cursor=abc")).IsProblem(422, "invalid");
    }

    private static StringContent Json(string file) => new(file, Encoding.UTF8, "application/json");
}
