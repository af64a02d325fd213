using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>Walks through a menu by a script, without a phone. Any menu and any script come to an end.</summary>
public sealed class MenuWalk
{
    private readonly MenuGraph _graph;
    private readonly IReadOnlyList<MenuInput> _script;
    private readonly List<MenuStep> _steps = [];
    private int _place;
    private int _tries;
    private int _untold;

    /// <summary>How many nodes were entered without anything being pressed: more than there are is a circle.</summary>
    private int _passed;
    private MenuEnd? _end;

    private MenuWalk(MenuGraph graph, IReadOnlyList<MenuInput> script, int from) =>
        (_graph, _script, _place) = (graph, script, from);

    public static MenuPath Run(Menu menu, IReadOnlyList<MenuInput> script) => Run(new MenuGraph(menu), script);

    /// <param name="from">How many inputs of the script were taken before.</param>
    public static MenuPath Run(MenuGraph graph, IReadOnlyList<MenuInput> script, int from = 0)
    {
        var walk = new MenuWalk(graph, script, from);
        var node = walk.Enter(graph.Entry, graph.Menu.Entry);
        while (walk._end is null)
        {
            node = walk.Ask(node!);
        }
        return new(walk._steps, walk._end, walk._place - from, walk._untold);
    }

    /// <returns>Null when the walk is over.</returns>
    private MenuNode? Enter(MenuNode? node, string from)
    {
        if (node is null || ++_passed > _graph.Menu.Nodes.Count)
        {
            return Finish(MenuEndKind.Stuck, node?.Id ?? from);
        }
        _tries = 0;
        Tell(node, MenuStepKind.Entered, null, node.Greeting);
        return node;
    }

    private MenuNode? Ask(MenuNode node)
    {
        if (node.Choices.Count == 0)
        {
            return Go(node, node.Otherwise);
        }
        if (_place >= _script.Count)
        {
            return Finish(MenuEndKind.Waiting, node.Id);
        }
        var input = _script[_place];
        switch (input.Kind)
        {
            case MenuInputKind.Key:
                _place++;
                _passed = 0;
                return Press(node, input);
            case MenuInputKind.Masked:
                _place++;
                return Finish(MenuEndKind.Unknown, node.Id);
            case MenuInputKind.TimeOut:
                _place++;
                return Retry(node, MenuStepKind.TimedOut, input);
            default:
                return Retry(node, MenuStepKind.TimedOut, input);
        }
    }

    private MenuNode? Press(MenuNode node, MenuInput input)
    {
        switch (MenuGraph.Choice(node, input.Key))
        {
            case null:
                return Retry(node, MenuStepKind.InvalidKey, input, node.InvalidKey);
            case RepeatNode:
                return Retry(node, MenuStepKind.Repeated, input);
            case PlayMessage play:
                Tell(node, MenuStepKind.Chose, input, play.Message);
                return Enter(_graph.NextOf(node, play), node.Id);
            case var action:
                Tell(node, MenuStepKind.Chose, input, (action as HangUpCall)?.Goodbye);
                return Leave(node, action);
        }
    }

    /// <summary>Asks again, as long as the node does.</summary>
    private MenuNode? Retry(MenuNode node, MenuStepKind kind, MenuInput input, Announcement? first = null)
    {
        if (_tries++ < Math.Clamp(node.Retries, 0, MenuNode.RetriesMax))
        {
            Tell(node, kind, input, first, node.Greeting);
            return node;
        }
        Tell(node, MenuStepKind.GaveUp, input, first, Message(node.Otherwise));
        return Leave(node, node.Otherwise);
    }

    private MenuNode? Go(MenuNode node, MenuAction? action)
    {
        if (Message(action) is { } message)
        {
            Tell(node, MenuStepKind.GaveUp, null, message);
        }
        return Leave(node, action);
    }

    private MenuNode? Leave(MenuNode node, MenuAction? action) =>
        _graph.EndOf(action) is { } to ? Finish(MenuEndKind.Left, node.Id, to)
        : Enter(_graph.NextOf(node, action), node.Id);

    private MenuNode? Finish(MenuEndKind kind, string node, Destination? to = null)
    {
        _end = new(kind, node, to);
        return null;
    }

    private static Announcement? Message(MenuAction? action) => action switch
    {
        PlayMessage play => play.Message,
        HangUpCall hangUp => hangUp.Goodbye,
        _ => null,
    };

    private void Tell(MenuNode node, MenuStepKind kind, MenuInput? input, params ReadOnlySpan<Announcement?> said)
    {
        if (_steps.Count == MenuPath.StepsMax)
        {
            _untold++;
            return;
        }
        var heard = new List<Announcement>(said.Length);
        foreach (var announcement in said)
        {
            if (announcement is not null)
            {
                heard.Add(announcement);
            }
        }
        _steps.Add(new(node.Id, kind, input, heard));
    }
}
