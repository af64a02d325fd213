using System.Text;
using System.Text.Json.Nodes;
using Thorbis.Ledger.Domain.Menus;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Menus.MenuPlans;

namespace Thorbis.Ledger.Server.Tests.Menus;

/// <summary>What cannot be taken is told by its field, and nothing is recorded.</summary>
[Collection<LedgerTests>]
public sealed class BadMenuTests(LedgerHost ledger)
{
    private const string Hello = """{"kind":"speech","text":"Hi.","language":"en-US","voice":"anna"}""";

    /// <summary>A node up to the seconds for a key.</summary>
    private const string Top = $$"""{"id":"top","greeting":{{Hello}},"choices":[],"retries":1,"timeoutSeconds":""";

    [Theory]
    [InlineData("id", "\"a/b\"", 422, "id")]
    [InlineData("id", "\"\"", 422, "id")]
    [InlineData("id", "null", 400, "$.id")]
    [InlineData("name", "\"\"", 422, "name")]
    [InlineData("entry", "\"none\"", 422, "entry")]
    [InlineData("nodes", "[]", 422, "nodes")]
    [InlineData("nodes", "[null]", 422, "nodes")]
    [InlineData("nodes", "null", 400, "$.nodes")]
    [InlineData("nodes", """[{"id":"top"}]""", 400, "$.nodes[0]")]
    [InlineData("nodes", $"[{Top}5}}]", 422, "nodes[0].otherwise")]
    [InlineData("nodes", $"[{Top}5,\"choices\":[null]}}]", 422, "nodes[0].choices[0].key")]
    [InlineData("nodes", $"[{Top}61,\"otherwise\":{{\"kind\":\"hang_up\"}}}}]", 422, "nodes[0].timeoutSeconds")]
    [InlineData("nodes", $"[{Top}5,\"otherwise\":{{\"kind\":\"teleport\"}}}}]", 400, "$.nodes[0].otherwise")]
    [InlineData("nodes", $"[{Top}5,\"greeting\":{{\"kind\":\"speech\"}}}}]", 400, "$.nodes[0].greeting")]
    [InlineData("operator", """{"kind":"number","number":"911"}""", 422, "operator.number")]
    [InlineData("effectiveAt", "\"2035-01-01T00:00:00\"", 400, "$.effectiveAt")]
    [InlineData("effectiveAt", "\"2020-01-01T00:00:00Z\"", 422, "effectiveAt")]
    [InlineData("effectiveAt", "\"2090-01-01T00:00:00Z\"", 422, "effectiveAt")]
    [InlineData("reason", "\"a\\u0000b\"", 422, null)]
    public async Task A_field_that_cannot_be_taken_is_named(string field, string json, int status, string? named)
    {
        var (_, manager) = await ledger.MenuCompanyAsync();

        var refused = (await manager.PostAsync("menus", Body(Main, (field, JsonNode.Parse(json)))))
            .IsProblem(status, status == 400 ? "malformed" : "invalid");

        if (named is not null)
        {
            Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        }
        Assert.Empty((await manager.GetAsync("menus")).Items);
    }

    [Fact]
    public async Task A_thousand_nodes_are_taken_and_one_more_is_not()
    {
        var (_, manager) = await ledger.MenuCompanyAsync();
        MenuNode[] nodes =
        [
            .. Enumerable.Range(0, 1_001).Select(i => new MenuNode(
                $"n{i}", Say("Go on."), [new("1", new OpenSubmenu($"n{Math.Min(i + 1, 1_000)}"))], 5, 0, null,
                new HangUpCall())),
        ];
        MenuNode[] thousand = [.. nodes[..999], nodes[999] with { Choices = [] }];

        var refused = (await manager.PostAsync("menus", Body(new("big", "Big", "n0", nodes))))
            .IsProblem(422, "invalid");
        (await manager.PostAsync("menus", Body(new("big", "Big", "n0", thousand)))).Is(201);
        var first = (await manager.GetAsync("menus/big/coverage?limit=500")).Is(200);
        var second = (await manager.GetAsync($"menus/big/coverage?limit=500&cursor={first.Text("next")}")).Is(200);

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("nodes", out _));
        Assert.Equal((500, 500), (first.Items.Length, second.Items.Length));
        Assert.False(second.Body.TryGetProperty("next", out _));
        Assert.Equal(999, second.Items[^1].GetProperty("script").GetString()!.Count(c => c == '1'));
    }

    [Theory]
    [InlineData("main?at=2035-01-01T00:00:00", 422, "at")]
    [InlineData("main?asKnownSeq=1&asKnownAt=2035-01-01T00:00:00Z", 422, "asKnownSeq")]
    [InlineData("main/coverage?at=noon", 422, "at")]
    [InlineData("main/coverage?cursor=x", 422, "cursor")]
    [InlineData("main/coverage?limit=0", 422, "limit")]
    [InlineData("main/versions?cursor=x", 422, "cursor")]
    [InlineData("main/walks", 422, "from")]
    [InlineData("main/walks?from=2026-01-01", 422, "to")]
    [InlineData("main/walks?from=2026-01-01T00:00:00&to=2026-02-01", 422, "from")]
    [InlineData("main/walks?from=2026-02-01&to=2026-02-01", 422, "to")]
    [InlineData("main/walks?from=2026-01-01&to=2027-02-06", 422, "to")]
    public async Task A_question_that_cannot_be_answered_names_its_parameter(string asked, int status, string named)
    {
        var (_, manager) = await ledger.WithMenuAsync();

        var refused = (await manager.GetAsync("menus/" + asked)).IsProblem(status, "invalid");

        Assert.Equal(named, Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_menu_of_another_id_is_not_put_there()
    {
        var (_, manager) = await ledger.WithMenuAsync();

        var refused = (await manager.ReviseAsync(1, Body(Main with { Id = "other" }))).IsProblem(422, "invalid");

        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("id", out _));
    }

    [Fact]
    public async Task An_id_of_no_menu_is_404()
    {
        var (_, manager) = await ledger.MenuCompanyAsync();

        foreach (var path in new[] { "menus/main", "menus/test", "menus/a%2Fb", "menus/main/versions" })
        {
            (await manager.GetAsync(path)).IsProblem(404, "not-found");
        }
        (await manager.RetireAsync(1)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_malformed()
    {
        var (_, manager) = await ledger.WithMenuAsync();

        foreach (var path in new[] { "menus", "menus/test", "menus/main/test" })
        {
            foreach (var text in new[] { "", "{", "[]", "null", "\"main\"" })
            {
                (await manager.PostAsync(path, new StringContent(text, Encoding.UTF8, "application/json")))
                    .IsProblem(400, "malformed");
            }
        }
    }
}
