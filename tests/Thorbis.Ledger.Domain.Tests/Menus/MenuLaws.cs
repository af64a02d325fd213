using CsCheck;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Menus;

public sealed class MenuLaws
{
    /// <summary>Also of menus that would be refused.</summary>
    [Fact]
    public void Every_walk_comes_to_an_end() =>
        Gen.Select(AnyRouting.Menu, AnyRouting.Input.Array[0, 12]).Sample((menu, script) =>
        {
            var walk = MenuWalk.Run(menu, script);
            Assert.InRange(walk.Inputs, 0, script.Length);
            Assert.Equal(walk.End.Kind == MenuEndKind.Left, walk.End.To is not null);
        });

    /// <summary>Whatever was pressed before: who keeps silent leaves a menu that was not refused.</summary>
    [Fact]
    public void Nobody_is_kept_in_a_menu_that_was_taken() =>
        Gen.Select(AnyRouting.Menu, AnyRouting.Input.Array[0, 12]).Sample((menu, script) =>
            !Works(menu)
            || MenuWalk.Run(menu, [.. script, MenuInput.Silence]).End.Kind == MenuEndKind.Left);

    [Fact]
    public void A_path_of_the_coverage_leads_to_its_exit() =>
        AnyRouting.Menu.Sample(menu =>
        {
            foreach (var exit in MenuCoverage.Of(menu).Exits)
            {
                var walk = MenuWalk.Run(menu, [.. exit.Path]);
                Assert.Equal((MenuEndKind.Left, exit.Node, exit.To), (walk.End.Kind, walk.End.Node, walk.End.To));
                Assert.Equal(exit.Length, walk.Inputs);
            }
        });

    /// <summary>Tried with every script of up to four inputs.</summary>
    [Fact]
    public void No_script_is_shorter_than_the_paths_of_the_coverage() =>
        AnyRouting.Menu.Sample(menu =>
        {
            var exits = MenuCoverage.Of(menu).Exits.GroupBy(exit => exit.Node)
                .ToDictionary(exit => exit.Key, exit => exit.Min(e => e.Length));
            foreach (var script in Scripts(4))
            {
                var walk = MenuWalk.Run(menu, script);
                if (walk.End.Kind == MenuEndKind.Left)
                {
                    Assert.True(exits[walk.End.Node] <= walk.Inputs);
                }
            }
        }, iter: 30);

    /// <summary>What is told of a call without all that is known of it is so, whatever that is.</summary>
    [Fact]
    public void A_call_of_which_it_can_be_told_comes_to_the_menu_or_does_not() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Remembered).Sample((configuration, call) =>
        {
            var door = new MenuDoor(configuration, "m1");
            var (known, told) = (door.Of(call.Known), door.Of(call.Partly));

            Assert.NotEqual(MenuVisitKind.Perhaps, door.Of(call.Known with { Pressed = Keys(call.Known) }).Kind);
            Assert.False(told.Kind == MenuVisitKind.Came && known.Kind != MenuVisitKind.Came);
            Assert.False(told.Kind == MenuVisitKind.None && known.Kind == MenuVisitKind.Came);
            Assert.InRange(told.Before, 0, call.Partly.Pressed.Count);
        });

    private static List<MenuInput> Keys(CallSituation call) =>
        [.. call.Pressed.Where(input => input.Kind == MenuInputKind.Key)];

    [Fact]
    public void A_thousand_nodes_are_walked_and_covered()
    {
        var nodes = Enumerable.Range(0, Menu.NodesMax).Select(i => new MenuNode(
            $"n{i}", Desk.Say("Go on."), [new("1", new OpenSubmenu($"n{Math.Min(i + 1, Menu.NodesMax - 1)}"))], 5, 9,
            null, i == Menu.NodesMax - 1 ? new HangUpCall(null) : new OpenSubmenu($"n{i + 1}")));
        var menu = new Menu("m", "Menu", "n0", [.. nodes], null);

        Assert.Empty(MenuRules.Check(menu, [], Desk.Inventory));
        Assert.Equal(new ToHangUp(), MenuWalk.Run(menu, [MenuInput.Silence]).End.To);
        Assert.Equal(999 + 10, Assert.Single(MenuCoverage.Of(menu).Exits).Length);
    }

    private static bool Works(Menu menu) => MenuRules.Check(
        menu, ["q1", "q2", "gone"],
        Desk.Inventory with
        {
            Members = new HashSet<string> { "ann", "bob", "cat", "gone" },
            Menus = new[] { "m1", "m2", "gone" }.ToDictionary(id => id, _ => Desk.Box),
        }).Count == 0;

    private static IEnumerable<MenuInput[]> Scripts(int length) => length == 0
        ? [[]]
        : Scripts(length - 1).SelectMany(script =>
            new[] { MenuInput.Press('1'), MenuInput.Press('2'), MenuInput.TimeOut }
            .Select(input => script.Append(input).ToArray()).Prepend(script));
}
