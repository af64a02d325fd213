using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>A place where a call leaves a menu.</summary>
/// <param name="Key">The key that does it at the node; null for keeping silent.</param>
/// <param name="Length">Of the path.</param>
/// <param name="Path">A shortest script that leads there; put together when it is gone through, as all paths of a large
/// menu would be very much.</param>
public sealed record MenuExit(string Node, string? Key, Destination To, int Length, IEnumerable<MenuInput> Path);

/// <summary>What of a menu callers can get to.</summary>
/// <param name="Exits">By length of their paths.</param>
/// <param name="Unreachable">Ids of nodes that no keys lead to.</param>
public sealed record MenuCoverage(IReadOnlyList<MenuExit> Exits, IReadOnlyList<string> Unreachable)
{
    /// <summary>Looks at the nodes in the order of how little must be done to get there: a key is one step, keeping
    /// silent is one for each time that the node asks.</summary>
    public static MenuCoverage Of(Menu menu)
    {
        var graph = new MenuGraph(menu);
        var (exits, ways) = (new List<MenuExit>(), new Dictionary<string, Way>());
        // The second part keeps ways of the same length in the order in which they were found.
        var open = new PriorityQueue<Way, (int, int)>();
        if (graph.Entry is { } entry)
        {
            open.Enqueue(new(entry, null, [], 0), (0, 0));
        }
        for (var found = 0; open.TryDequeue(out var way, out _);)
        {
            if (!ways.TryAdd(way.Node.Id, way))
            {
                continue;
            }
            foreach (var (key, action, inputs) in Steps(way.Node))
            {
                if (graph.EndOf(action) is { } to)
                {
                    exits.Add(new(
                        way.Node.Id, key, to, way.Length + inputs.Length, way.Path().Concat(inputs)));
                }
                else if (graph.NextOf(way.Node, action) is { } next && !ways.ContainsKey(next.Id))
                {
                    var length = way.Length + inputs.Length;
                    open.Enqueue(new(next, way, inputs, length), (length, ++found));
                }
            }
        }
        return new(
            [.. exits.OrderBy(exit => exit.Length)],
            [.. menu.Nodes.Select(node => node.Id).Where(id => !ways.ContainsKey(id)).Distinct()]);
    }

    private static IEnumerable<(string? Key, MenuAction? Action, MenuInput[] Inputs)> Steps(MenuNode node)
    {
        var seen = new HashSet<string>();
        foreach (var choice in node.Choices)
        {
            if (choice.Key.Length == 1 && seen.Add(choice.Key))
            {
                yield return (choice.Key, choice.Then, [MenuInput.Press(choice.Key[0])]);
            }
        }
        var silent = node.Choices.Count == 0 ? 0 : Math.Clamp(node.Retries, 0, MenuNode.RetriesMax) + 1;
        yield return (null, node.Otherwise, [.. Enumerable.Repeat(MenuInput.TimeOut, silent)]);
    }

    /// <summary>How a node was come to: the node before it, and what was done there.</summary>
    private sealed record Way(MenuNode Node, Way? Before, MenuInput[] Inputs, int Length)
    {
        public IEnumerable<MenuInput> Path()
        {
            var ways = new List<Way>();
            for (var way = this; way is not null; way = way.Before)
            {
                ways.Add(way);
            }
            foreach (var input in Enumerable.Reverse(ways).SelectMany(way => way.Inputs))
            {
                yield return input;
            }
        }
    }
}
