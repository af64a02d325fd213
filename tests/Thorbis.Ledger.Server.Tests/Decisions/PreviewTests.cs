using System.Text;
using System.Text.Json.Nodes;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Decisions;

/// <summary>One imagined call under the present configuration and under a draft.</summary>
[Collection<LedgerTests>]
public sealed class PreviewTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_draft_is_shown_beside_the_present_and_changes_nothing()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await desk.AddAsync();
        var draft = $$"""
            { "commands": [
              { "kind": "add_rule", "place": 1, "rule": {
                "id": "0192d3a0-0000-7000-8000-000000000001", "name": "Berlin", "enabled": true,
                "when": [{ "kind": "caller_prefix", "prefixes": ["+49"] }],
                "then": { "kind": "direct", "to": { "kind": "number", "number": "+493012345" } },
                "ring": { "seconds": 30, "recording": "none" } } },
              { "kind": "disable_rule", "ruleId": "{{id}}" }] }
            """;

        var german = await PreviewAsync(desk, "\"caller\": \"+4930123456\", \"idle\": true", draft);
        var other = await PreviewAsync(desk, "\"caller\": \"+12025550199\", \"idle\": true", draft);

        Assert.Equal("yes", german.Text("moves"));
        Assert.Equal("+493012345", german.Body.GetProperty("draft").GetProperty("goesTo").GetString());
        Assert.EndsWith(
            "@example.com; unanswered after 20 s, to +12025550177",
            german.Body.GetProperty("present").GetProperty("goesTo").GetString(), StringComparison.Ordinal);
        Assert.Equal("Rule 'Berlin' applies: its condition holds.", german.Body.GetProperty("draft")
            .GetProperty("trace")[0].GetString());
        Assert.Equal(
            [
                "Rule 'Berlin' does not apply: the caller's number +12025550199 does not begin with +49.",
                "Rule 'Sales' is switched off.", "No rule applies.", "Nothing is left that could take the call.",
                "The call goes to nobody: it is hung up.",
            ],
            other.Body.GetProperty("draft").GetProperty("trace").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(["rule_added"], await desk.FactsAsync(ledger));
    }

    [Fact]
    public async Task What_is_not_said_of_a_call_is_not_known()
    {
        var desk = await Desk.NewAsync(ledger);
        await desk.AddAsync();

        var open = await PreviewAsync(desk, "");
        var away = await PreviewAsync(desk, $$"""
            "members": { "{{desk.Ann}}": { "availability": "away" } }
            """);

        var present = open.Body.GetProperty("present");
        Assert.False(present.GetProperty("certain").GetBoolean());
        Assert.Equal(2, present.GetProperty("dependsOn").GetArrayLength());
        Assert.Equal("no", open.Text("moves"));
        Assert.True(away.Body.GetProperty("present").GetProperty("certain").GetBoolean());
        Assert.Equal("+12025550177", away.Body.GetProperty("present").GetProperty("goesTo").GetString());
    }

    [Fact]
    public async Task Schedules_menus_and_a_former_version_can_be_tried()
    {
        var desk = await Desk.NewAsync(ledger);
        var id = await desk.AddAsync();
        var schedule = Guid.CreateVersion7();
        var rule = JsonNode.Parse((await desk.Manager.GetAsync($"rulebook/rules/{id}")).Is(200).Content)!.AsObject();
        rule["then"] = JsonNode.Parse($$"""
            { "kind": "business_hours", "schedule": "{{schedule}}", "whenOpen": { "kind": "menu", "menu": "main" } }
            """);
        var draft = $$"""
            { "commands": [{ "kind": "revise_rule", "rule": {{rule.ToJsonString()}} }],
              "schedules": [{ "scheduleId": "{{schedule}}", "terms": {
                "name": "office", "zone": "America/New_York",
                "week": [{ "day": "tuesday", "start": "09:00", "end": "17:00" }],
                "afterHours": { "kind": "busy" }, "holidays": [] } }],
              "menus": [{ "id": "main", "name": "Main", "entry": "top", "operator": null, "nodes": [{
                "id": "top", "greeting": { "kind": "speech", "text": "Welcome.", "language": "en-US", "voice": "a" },
                "choices": [{ "key": "1", "then": { "kind": "transfer", "to": { "kind": "reject" } } }],
                "timeoutSeconds": 5, "retries": 1, "invalidKey": null, "otherwise": { "kind": "hang_up" } }] }] }
            """;

        var open = await PreviewAsync(desk, "\"at\": \"2026-03-10T12:00:00-04:00\", \"pressed\": \"1\"", draft);
        var closed = await PreviewAsync(desk, "\"at\": \"2026-03-10T17:00:00-04:00\"", draft);
        var empty = await PreviewAsync(desk, "", """{ "version": 0 }""");

        Assert.Equal("nobody: it is rejected", open.Body.GetProperty("draft").GetProperty("goesTo").GetString());
        Assert.Equal("the busy tone", closed.Body.GetProperty("draft").GetProperty("goesTo").GetString());
        Assert.Contains(
            "office is closed.",
            closed.Body.GetProperty("draft").GetProperty("trace").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal("nobody: it is hung up", empty.Body.GetProperty("draft").GetProperty("goesTo").GetString());
    }

    [Theory]
    [InlineData("\"at\": \"2026-03-10T12:00:00\"", "{}", 422, "call.at")]
    [InlineData("\"at\": \"1700-01-01T00:00:00Z\"", "{}", 422, "call.at")]
    [InlineData("\"called\": \"911\"", "{}", 422, "call.called")]
    [InlineData("\"pressed\": \"1x\"", "{}", 422, "call.pressed")]
    [InlineData("\"members\": { \"ann\": null }", "{}", 422, "call.members")]
    [InlineData("\"members\": { \"ann\": { \"availability\": \"asleep\" } }", "{}", 400,
        "$.call.members.ann.availability")]
    [InlineData("", """{ "commands": [null] }""", 422, "draft.commands[0]")]
    [InlineData("", """{ "commands": [{ "kind": "burn_book" }] }""", 400, "$.draft.commands[0]")]
    [InlineData("", """{ "commands": [{ "kind": "add_rule", "rule": null }] }""", 400, "$.draft.commands[0].rule")]
    [InlineData("",
        """{ "commands": [{ "kind": "enable_rule", "ruleId": "0192d3a0-0000-7000-8000-000000000009" }] }""", 422,
        "draft.commands[0]")]
    [InlineData("", """{ "commands": [{ "kind": "restore_book", "version": 7 }] }""", 422, "draft.commands[0].version")]
    [InlineData("", """
        { "commands": [{ "kind": "block_caller", "caller": "+4930123456" },
          { "kind": "set_default", "to": { "kind": "member", "member": "nobody" } }] }
        """, 422, "draft.commands[1].to.member")]
    [InlineData("", """
        { "commands": [{ "kind": "add_rule", "rule": { "id": "0192d3a0-0000-7000-8000-000000000009", "name": "x",
          "enabled": true, "when": [null], "then": { "kind": "direct", "to": { "kind": "busy" } },
          "ring": { "seconds": 20, "recording": "none" } } }] }
        """, 422, "draft.commands[0].rule.when[0]")]
    [InlineData("", """{ "version": 7 }""", 422, "draft.version")]
    [InlineData("", """{ "version": 0, "commands": [] }""", 422, "draft.version")]
    [InlineData("", """{ "menus": [null] }""", 422, "draft.menus[0]")]
    [InlineData("", """
        { "menus": [{ "id": "m", "name": "m", "entry": "a", "nodes": [null], "operator": null }] }
        """, 422, "draft.menus[0].nodes")]
    [InlineData("", """
        { "schedules": [{ "scheduleId": "0192d3a0-0000-7000-8000-000000000009", "terms": { "name": "office",
          "zone": "Mars/Olympus", "week": [], "afterHours": { "kind": "busy" }, "holidays": [] } }] }
        """, 422, "draft.schedules[0].terms.zone")]
    public async Task What_cannot_be_tried_is_named(string call, string draft, int status, string named)
    {
        var desk = await Desk.NewAsync(ledger);

        var refused = (await SendAsync(desk, call, draft)).IsProblem(status, status == 400 ? "malformed" : "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Five_hundred_rules_can_be_tried_and_one_more_is_refused()
    {
        var desk = await Desk.NewAsync(ledger);
        string Draft(int rules) => $$"""{ "commands": [{{string.Join(',', Enumerable.Range(1, rules).Select(i => $$"""
            { "kind": "add_rule", "rule": { "id": "00000000-0000-0000-0000-{{i:D12}}", "name": "Rule {{i}}",
              "enabled": true, "when": [{ "kind": "anonymous_caller" }],
              "then": { "kind": "direct", "to": { "kind": "busy" } }, "ring": { "seconds": 20, "recording": "none" } } }
            """))}}] }""";

        var tried = await PreviewAsync(desk, "", Draft(500));
        (await SendAsync(desk, "", Draft(501))).IsProblem(422, "invalid");

        Assert.Equal("the busy tone", tried.Body.GetProperty("draft").GetProperty("goesTo").GetString());
    }

    [Fact]
    public async Task Who_may_read_decisions_may_preview()
    {
        var desk = await Desk.NewAsync(ledger);
        foreach (var (role, status) in new[]
        {
            (Role.Owner, 200), (Role.Admin, 200), (Role.Manager, 200), (Role.Auditor, 200), (Role.Member, 403),
            (Role.Billing, 403),
        })
        {
            var member = await ledger.MemberAsync(desk.Company, role);
            (await member.PostAsync("preview", new { call = new { called = desk.Number } })).Is(status);
        }
    }

    private static async Task<Answer> PreviewAsync(Desk desk, string call, string draft = "{}") =>
        (await SendAsync(desk, call, draft)).Is(200);

    /// <param name="call">Fields beside the number called, as JSON.</param>
    private static Task<Answer> SendAsync(Desk desk, string call, string draft)
    {
        var fields = call.Contains("\"called\"", StringComparison.Ordinal) ? call
            : $"\"called\": \"{desk.Number}\"{(call.Length > 0 ? ", " : "")}{call}";
        return desk.Manager.PostAsync("preview", new StringContent(
            $$"""{ "call": { {{fields}} }, "draft": {{draft}} }""", Encoding.UTF8, "application/json"));
    }
}
