using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Routing;

/// <summary>What cannot work is told by its field, and nothing is recorded.</summary>
[Collection<LedgerTests>]
public sealed class BadRuleTests(LedgerHost ledger)
{
    private const string Morning = """{"day":"monday","fromMinute":480,"toMinute":720}""";

    [Theory]
    [InlineData("name", "\"\"", 422, "name")]
    [InlineData("name", "null", 400, "$.name")]
    [InlineData("then", "null", 400, "$.then")]
    [InlineData("then", """{"kind":"teleport"}""", 400, "$.then")]
    [InlineData("then", """{"kind":"direct"}""", 400, "$.then")]
    [InlineData("then", """{"kind":"direct","to":null}""", 400, "$.then.to")]
    [InlineData("then", """{"kind":"direct","to":{"kind":"member","member":"nobody"}}""", 422, "then.to.member")]
    [InlineData("then", """{"kind":"direct","to":{"kind":"number","number":"911"}}""", 422, "then.to.number")]
    [InlineData("then", """{"kind":"direct","to":{"kind":"menu","menu":"main"}}""", 422, "then.to.menu")]
    [InlineData("then", """{"kind":"queue","queue":"line"}""", 422, "then.queue")]
    [InlineData("then", """{"kind":"menu","menu":"main"}""", 422, "then.menu")]
    [InlineData("then", """{"kind":"round_robin","members":[]}""", 422, "then.members")]
    [InlineData("then", """{"kind":"round_robin","members":["a","a"]}""", 422, "then.members")]
    [InlineData("then", """{"kind":"business_hours","schedule":"x","whenOpen":{"kind":"busy"}}""", 422,
        "then.schedule")]
    [InlineData("when", "[null]", 422, "when[0]")]
    [InlineData("when", """[{"kind":"called_number","numbers":["+12025550111"]}]""", 422, "when[0].numbers[0]")]
    [InlineData("when", """[{"kind":"called_number","numbers":null}]""", 400, "$.when[0].numbers")]
    [InlineData("when", """[{"kind":"caller_prefix","prefixes":["49"]}]""", 422, "when[0].prefixes")]
    [InlineData("when", $$"""[{"kind":"time","zone":"Mars/Olympus","ranges":[{{Morning}}]}]""", 422, "when[0].zone")]
    [InlineData("when", $$"""[{"kind":"time","zone":"UTC","ranges":[{{Morning}},{{Morning}}]}]""", 422,
        "when[0].ranges[1]")]
    [InlineData("ring", """{"seconds":4,"recording":"none"}""", 422, "ring.seconds")]
    [InlineData("ring", """{"seconds":121,"recording":"none"}""", 422, "ring.seconds")]
    [InlineData("ring", """{"seconds":20,"recording":"triple"}""", 400, "$.ring.recording")]
    [InlineData("notice", """{"members":["a"],"byEmail":true,"byText":false,"withTranscript":false}""", 422, "notice")]
    [InlineData("place", "7", 422, "place")]
    [InlineData("place", "0", 422, "place")]
    [InlineData("effectiveAt", "\"2030-01-01T00:00:00\"", 400, "$.effectiveAt")]
    [InlineData("effectiveAt", "\"2020-01-01T00:00:00Z\"", 422, "effectiveAt")]
    [InlineData("effectiveAt", "\"2090-01-01T00:00:00Z\"", 422, "effectiveAt")]
    public async Task A_field_that_cannot_be_taken_is_named(string field, string json, int status, string named)
    {
        var desk = await Desk.NewAsync(ledger);

        var refused = (await desk.Manager.PostAsync(
                "rulebook/rules", Desk.Json(desk.Rule(), $$"""{"{{field}}": {{json}}}""")))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Empty(await desk.FactsAsync(ledger));
    }

    [Theory]
    [InlineData("name", "\"\"", "name")]
    [InlineData("members", "[]", "members")]
    [InlineData("members", """["nobody"]""", "members[0]")]
    [InlineData("waitSecondsMax", "9", "waitSecondsMax")]
    [InlineData("sizeMax", "1001", "sizeMax")]
    [InlineData("overflow", """{"kind":"queue","queue":"line"}""", "overflow")]
    [InlineData("overflow", """{"kind":"queue","queue":"other"}""", "overflow.queue")]
    [InlineData("callBack", """{"afterSeconds":120,"key":"1"}""", "callBack.afterSeconds")]
    [InlineData("callBack", """{"afterSeconds":60,"key":"A"}""", "callBack.key")]
    public async Task A_queue_s_field_that_cannot_be_taken_is_named(string field, string json, string named)
    {
        var desk = await Desk.NewAsync(ledger);

        var refused = (await desk.Manager.PostAsync(
                "rulebook/queues/line", Desk.Json(desk.Queue(), $$"""{"{{field}}": {{json}}}""")))
            .IsProblem(422, "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("rulebook?at=2030-01-01T00:00:00", 422, "invalid")]
    [InlineData("rulebook?at=2030-01-01", 422, "invalid")]
    [InlineData("rulebook?asKnownSeq=-1", 422, "invalid")]
    [InlineData("rulebook/blame?asKnownAt=noon", 422, "invalid")]
    [InlineData("rulebook/versions?cursor=x", 422, "invalid")]
    [InlineData("rulebook/versions/1", 404, "not-found")]
    [InlineData("rulebook/rules/0192d3a0-0000-7000-8000-000000000001", 404, "not-found")]
    [InlineData("rulebook/rules/sales", 404, "not-found")]
    public async Task A_question_that_cannot_be_answered_gets_its_answer(string path, int status, string problem)
    {
        var desk = await Desk.NewAsync(ledger);

        (await desk.Manager.GetAsync(path)).IsProblem(status, problem);
    }

    [Fact]
    public async Task A_caller_that_is_no_number_is_not_blocked()
    {
        var desk = await Desk.NewAsync(ledger);

        (await desk.Manager.PutAsync("rulebook/blocked/anonymous")).IsProblem(422, "invalid");
        (await desk.Manager.DeleteAsync("rulebook/blocked/anonymous")).IsProblem(422, "invalid");
        (await desk.Manager.PutAsync("rulebook/blocked/+4930123456?effectiveAt=2030-01-01T00:00:00"))
            .IsProblem(422, "invalid");
    }

    [Fact]
    public async Task Five_hundred_rules_are_taken_and_one_more_is_not()
    {
        var desk = await Desk.NewAsync(ledger);
        for (var i = 0; i < 500; i++)
        {
            (await desk.Manager.PostAsync("rulebook/rules", Desk.Json(desk.Rule($"Rule {i}")))).Is(201);
        }

        (await desk.Manager.PostAsync("rulebook/rules", Desk.Json(desk.Rule("one more"))))
            .IsProblem(409, "too-many-rules");

        Assert.Equal(500, (await desk.NamesAsync()).Length);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_malformed()
    {
        var desk = await Desk.NewAsync(ledger);

        foreach (var text in new[] { "", "{", "[]", "null", "\"rule\"", "{\"name\":\"\\ud800\"}" })
        {
            (await desk.Manager.PostAsync(
                "rulebook/rules", new StringContent(text, Encoding.UTF8, "application/json")))
                .IsProblem(400, "malformed");
        }
        (await desk.PostAsync("restore", 0, new JsonObject { ["version"] = 3 })).IsProblem(422, "invalid");
    }
}
