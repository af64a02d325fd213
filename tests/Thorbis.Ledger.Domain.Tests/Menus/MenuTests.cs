using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Menus;

public sealed class MenuTests
{
    private static readonly MenuNode Top = new(
        "top", Desk.Say("Press 1 for news, 2 for sales, 9 to hear it again."),
        [
            new("1", new PlayMessage(Desk.Say("No news."), null)), new("2", new OpenSubmenu("sales")),
            new("9", new RepeatNode()), new("0", new CallOperator()), new("#", new HangUpCall(Desk.Say("Bye."))),
        ],
        5, 1, Desk.Say("No such key."), new OpenSubmenu("close"));

    private static readonly MenuNode Sales = new(
        "sales", Desk.Say("Sales."), [new("1", new EnterQueue("line")), new("*", new OpenSubmenu("top"))], 5, 0, null,
        new LeaveMessage("box"));

    /// <summary>Asks nothing.</summary>
    private static readonly MenuNode Close = new(
        "close", Desk.Say("We did not hear you."), [], 5, 3, null, new Transfer(new ToNumber("+4930999")));

    private static readonly Menu Good = new("main", "Main", "top", [Top, Sales, Close], new ToMember("ann"));

    [Theory, Table("""
        script   path                                       end
        -        top                                        waiting at top
        2        top, top:2, sales                          waiting at sales
        2 1      top, top:2, sales, sales:1                 queue line
        2 * 2    top, top:2, sales, sales:*, top, top:2, sales  waiting at sales
        0        top, top:0                                 member ann
        #        top, top:#                                 announcement
        1        top, top:1, top                            waiting at top
        5        top, top:invalid                           waiting at top
        5 5      top, top:invalid, top:gave up, close                    number +4930999   # One retry,
        t 9      top, top:timed out, top:gave up, close     number +4930999   # of any kind.
        t 2 t    top, top:timed out, top:2, sales, sales:gave up  voicemail box
        s        top, top:timed out, top:gave up, close     number +4930999
        ?        top                                        unknown at top
        """)]
    public void A_script_leads_along_a_path_to_an_end(string? script, string path, string end)
    {
        Assert.True(MenuInput.TryParse(script ?? "", out var inputs));

        var walk = MenuWalk.Run(Good, inputs);

        Assert.Equal(path, string.Join(", ", walk.Steps.Select(Words)));
        Assert.Equal(end, Words(walk.End));
    }

    [Fact]
    public void What_is_said_is_told_at_each_step()
    {
        Assert.True(MenuInput.TryParse("5 1 t t", out var inputs));

        var said = MenuWalk.Run(Good, inputs).Steps.SelectMany(step => step.Said)
            .OfType<SpokenText>().Select(spoken => spoken.Text);

        Assert.Equal(
            [
                "Press 1 for news, 2 for sales, 9 to hear it again.",
                "No such key.", "Press 1 for news, 2 for sales, 9 to hear it again.",
                "No news.", "Press 1 for news, 2 for sales, 9 to hear it again.",
                "Press 1 for news, 2 for sales, 9 to hear it again.",
                "We did not hear you.",
            ],
            said);
    }

    [Fact]
    public void A_script_of_other_signs_is_none() => Assert.False(MenuInput.TryParse("1 x", out _));

    [Fact]
    public void A_menu_that_works_is_taken() => Assert.Empty(Check(Good));

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Equal(["nodes[1].otherwise"], Fields(With(Sales with { Otherwise = null })));
        Assert.Equal(["nodes[1].otherwise"], Fields(With(Sales with { Otherwise = new RepeatNode() })));
        Assert.Equal(["nodes[1].otherwise"], Fields(
            With(Sales with { Otherwise = new PlayMessage(Desk.Say("News."), null) })));
        Assert.Equal(["nodes[1].choices[0].then.queue"], Choice(new EnterQueue("none")));
        Assert.Equal(["nodes[1].choices[0].then.to"], Choice(new Transfer(null!)));
        Assert.Equal(["nodes[1].choices[0].then.node"], Choice(new OpenSubmenu("none")));
        Assert.Equal(["nodes[1].choices[1].key"], Fields(
            With(Sales with { Choices = [new("1", new RepeatNode()), new("1", new RepeatNode())] })));
        Assert.Equal(["nodes[1].choices[0].key"], Fields(With(Sales with { Choices = [new("10", new RepeatNode())] })));
        Assert.Equal(["operator"], Fields(Good with { Operator = null }));
        Assert.Equal(["entry"], Fields(Good with { Entry = "none" }));
        Assert.Equal(["nodes[0].timeoutSeconds", "nodes[0].retries"], Fields(
            Good with { Nodes = [Top with { TimeoutSeconds = 0, Retries = 10 }, Sales, Close] }));
        Assert.Equal(["nodes"], Fields(Good with { Nodes = [Top, Top] }));
    }

    [Theory]
    [InlineData("front-desk.2_b", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("é", false)]
    public void An_id_can_be_part_of_an_address(string id, bool taken) =>
        Assert.Equal(taken ? [] : ["id"], Fields(Good with { Id = id }));

    [Fact]
    public void A_walk_of_very_many_steps_tells_the_first_and_counts_the_rest()
    {
        var chain = Enumerable.Range(0, 100).Select(i => new MenuNode(
            $"n{i}", Desk.Say("Go on."), i < 99 ? [] : [new("1", new OpenSubmenu("n0"))], 5, 0, null,
            i < 99 ? new OpenSubmenu($"n{i + 1}") : new HangUpCall()));
        var script = Enumerable.Repeat(MenuInput.Press('1'), 100).Append(MenuInput.Silence).ToList();

        var path = MenuWalk.Run(new("m", "Menu", "n0", [.. chain]), script);

        // 101 times through the chain, 100 times on from its end, and out.
        Assert.Equal((2_000, (101 * 100) + 100 + 1 - 2_000), (path.Steps.Count, path.Untold));
        Assert.Equal(new ToHangUp(), path.End.To);
    }

    [Fact]
    public void A_node_that_no_key_leads_to_is_refused()
    {
        var refused = Check(Good with { Nodes = [Top, Sales, Close, Sales with { Id = "island" }] });

        Assert.Equal(Refusal.Of("nodes[3]", "No key leads to the node 'island'."), Assert.Single(refused));
    }

    [Fact]
    public void A_loop_that_never_ends_is_refused_and_one_that_keys_make_is_not()
    {
        Assert.Empty(Check(With(Sales with { Choices = [new("*", new OpenSubmenu("top"))] })));
        Assert.Equal(
            ["nodes[0].otherwise", "nodes[2].otherwise"],
            Fields(Good with { Nodes = [Top, Sales, Close with { Otherwise = new OpenSubmenu("top") }] }));
    }

    private static IEnumerable<string?> Choice(MenuAction action) =>
        Fields(With(Sales with { Choices = [new("1", action)] }));

    private static Menu With(MenuNode sales) => Good with { Nodes = [Top, sales, Close] };

    private static IReadOnlyList<Refusal> Check(Menu menu) => MenuRules.Check(menu, ["line"], Desk.Inventory);

    private static IEnumerable<string?> Fields(Menu menu) => Check(menu).Select(refusal => refusal.Field);

    private static string Words(MenuStep step) => step.Kind switch
    {
        MenuStepKind.Entered => step.Node,
        MenuStepKind.Chose => $"{step.Node}:{step.Input}",
        MenuStepKind.InvalidKey => $"{step.Node}:invalid",
        MenuStepKind.TimedOut => $"{step.Node}:timed out",
        MenuStepKind.GaveUp => $"{step.Node}:gave up",
        _ => $"{step.Node}:again",
    };

    private static string Words(MenuEnd end) => end.To switch
    {
        ToQueue to => $"queue {to.Queue}",
        ToMember to => $"member {to.Member}",
        ToMailbox to => $"voicemail {to.Mailbox}",
        ToNumber to => $"number {to.Number}",
        ToAnnouncement => "announcement",
        _ => $"{end.Kind.ToString().ToLowerInvariant()} at {end.Node}",
    };
}
