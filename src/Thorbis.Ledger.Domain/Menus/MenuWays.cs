namespace Thorbis.Ledger.Domain.Menus;

/// <summary>The ways between the nodes of a menu whose nodes are right by themselves.</summary>
internal static class MenuWays
{
    public static IEnumerable<Refusal> Check(Menu menu)
    {
        var graph = new MenuGraph(menu);
        if (graph.Entry is null)
        {
            return [Refusal.Of("entry", $"The menu has no node '{menu.Entry}'.")];
        }
        var endless = Endless(graph);
        var unreachable = MenuCoverage.Of(menu).Unreachable.ToHashSet();
        return menu.Nodes.SelectMany((node, i) => Of(node, $"nodes[{i}]"));

        IEnumerable<Refusal> Of(MenuNode node, string field)
        {
            if (endless.Contains(node.Id))
            {
                yield return Refusal.Of(
                    $"{field}.otherwise",
                    $"A loop that never ends: who presses nothing at '{node.Id}' comes back to it.");
            }
            if (unreachable.Contains(node.Id))
            {
                yield return Refusal.Of(field, $"No key leads to the node '{node.Id}'.");
            }
        }
    }

    /// <summary>The nodes that a caller who presses nothing comes back to. Where there are none, every caller gets to
    /// an end: a key may lead in a circle, but keeping silent leads out of it.</summary>
    private static HashSet<string> Endless(MenuGraph graph)
    {
        var (endless, settled) = (new HashSet<string>(), new HashSet<string>());
        foreach (var start in graph.Menu.Nodes)
        {
            var (path, places) = (new List<string>(), new Dictionary<string, int>());
            MenuNode? at = start;
            while (at is not null && !settled.Contains(at.Id) && places.TryAdd(at.Id, path.Count))
            {
                path.Add(at.Id);
                at = graph.NextOf(at, at.Otherwise);
            }
            if (at is not null && places.TryGetValue(at.Id, out var back))
            {
                endless.UnionWith(path[back..]);
            }
            settled.UnionWith(path);
        }
        return endless;
    }
}
