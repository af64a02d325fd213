using System.Text.Json;
using System.Text.Json.Nodes;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Menus.MenuPlans;

namespace Thorbis.Ledger.Server.Tests.Menus;

[Collection<LedgerTests>]
public sealed class TestMenuTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_script_is_walked_step_by_step_with_what_is_said()
    {
        var (company, manager) = await ledger.WithMenuAsync();

        var walked = (await manager.PostAsync("menus/main/test", new { script = "5 1 2 t 9" })).Is(200);

        Assert.Equal(
            [
                "top entered  Press 1 for sales.", "top invalidKey 5 No such key.\nPress 1 for sales.",
                "top chose 1 ", "sales entered  [recording tune]", "sales chose 2 ",
            ],
            walked.Body.GetProperty("steps").EnumerateArray().Select(step => string.Join(
                ' ', Text(step, "node"), Text(step, "kind"), Text(step, "input"), Text(step, "text"))));
        var said = walked.Body.GetProperty("steps")[0].GetProperty("said")[0];
        Assert.Equal(("speech", "anna"), (Text(said, "kind"), Text(said, "voice")));
        Assert.Equal(("left", "sales", "+4930999"), End(walked));
        Assert.Equal(("5 1 2", "t 9"), (walked.Text("used"), walked.Text("left")));
        Assert.Equal(["menu_defined"], await ledger.MenuFactsAsync(company));
    }

    [Theory]
    [InlineData("", "waiting", "top", "")]
    [InlineData("s", "left", "top", "the voicemail box box")]
    [InlineData("1 ?", "unknown", "sales", "")]
    [InlineData("#", "left", "top", "an announcement, and is hung up")]
    public async Task An_end_is_told_in_words(string script, string kind, string node, string words)
    {
        var (_, manager) = await ledger.WithMenuAsync();

        Assert.Equal(
            (kind, node, words), End((await manager.PostAsync("menus/main/test", new { script })).Is(200)));
    }

    [Fact]
    public async Task A_member_is_told_by_his_address()
    {
        var (company, manager) = await ledger.WithMenuAsync();
        var (member, email) = await ledger.AddMemberAsync(company, Role.Member);
        var top = Main.Nodes[0] with { Otherwise = new Transfer(new ToMember(member)) };
        var menu = Main with { Nodes = [top, Main.Nodes[1]] };
        (await manager.ReviseAsync(1, Body(menu))).Is(200);

        var walked = (await manager.PostAsync("menus/main/test", new { script = "s" })).Is(200);

        Assert.Equal(("left", "top", email), End(walked));
    }

    [Fact]
    public async Task A_menu_that_is_not_saved_is_walked_too_whatever_it_names()
    {
        var (_, manager) = await ledger.MenuCompanyAsync();
        var draft = Main with { Operator = new ToMember("nobody yet") };

        var walked = (await manager.PostAsync("menus/test", Draft(draft, "1 t s"))).Is(200);
        var refused = (await manager.PostAsync("menus/test", Draft(draft with { Entry = "none" }, "1")))
            .IsProblem(422, "invalid");

        Assert.Equal(("left", "top", "the voicemail box box"), End(walked));
        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("menu.entry", out _));
        Assert.Empty((await manager.GetAsync("menus")).Is(200).Items);
    }

    [Theory]
    [InlineData("1 x")]
    [InlineData("T")]
    [InlineData("1\t2")]
    [InlineData("\u0661")]
    public async Task A_script_of_other_signs_is_refused(string script)
    {
        var (_, manager) = await ledger.WithMenuAsync();

        var saved = (await manager.PostAsync("menus/main/test", new { script })).IsProblem(422, "invalid");
        var draft = (await manager.PostAsync("menus/test", Draft(Main, script))).IsProblem(422, "invalid");

        Assert.True(saved.Body.GetProperty("errors").TryGetProperty("script", out _));
        Assert.True(draft.Body.GetProperty("errors").TryGetProperty("script", out _));
    }

    [Fact]
    public async Task A_script_has_two_thousand_characters_at_most()
    {
        var (_, manager) = await ledger.WithMenuAsync();

        (await manager.PostAsync("menus/main/test", new { script = new string(' ', 2_000) })).Is(200);
        (await manager.PostAsync("menus/main/test", new { script = new string('1', 2_001) }))
            .IsProblem(422, "invalid");
    }

    [Fact]
    public async Task Coverage_gives_a_shortest_script_to_every_end()
    {
        var (_, manager) = await ledger.WithMenuAsync();

        var coverage = (await manager.GetAsync("menus/main/coverage")).Is(200);

        Assert.Equal(
            [
                "# > an announcement, and is hung up", "1 2 > +4930999", "t t > the voicemail box box",
            ],
            coverage.Items.Select(exit => $"{Text(exit, "script")} > {Text(exit, "words")}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(0, coverage.Body.GetProperty("unreachable").GetArrayLength());
        foreach (var exit in coverage.Items)
        {
            var walked = (await manager.PostAsync("menus/main/test", new { script = Text(exit, "script") })).Is(200);
            Assert.Equal(("left", Text(exit, "node"), Text(exit, "words")), End(walked));
        }
    }

    private static JsonObject Draft(Menu menu, string script) =>
        new() { ["menu"] = Body(menu), ["script"] = script };

    private static (string Kind, string Node, string Words) End(Answer answer)
    {
        var end = answer.Body.GetProperty("end");
        return (Text(end, "kind"), Text(end, "node"), Text(end, "words"));
    }

    private static string Text(JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) ? value.GetString()! : "";
}
