using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>What a menu names, each with its field.</summary>
public static class MenuReferences
{
    public static IEnumerable<Reference> Of(Menu menu)
    {
        var (by, graph) = ($"menu '{menu.Name}'", new MenuGraph(menu));
        return
        [
            .. References.Of(menu.Operator, "operator", by),
            .. menu.Nodes.SelectMany((node, i) => Of(node, $"nodes[{i}]")),
        ];

        IEnumerable<Reference> Of(MenuNode node, string field) =>
        [
            .. References.Of(node.Greeting, $"{field}.greeting", by),
            .. References.Of(node.InvalidKey, $"{field}.invalidKey", by),
            .. node.Choices.SelectMany((choice, i) => OfAction(choice.Then, $"{field}.choices[{i}].then")),
            .. OfAction(node.Otherwise, $"{field}.otherwise"),
        ];

        IEnumerable<Reference> OfAction(MenuAction? action, string field) => action switch
        {
            PlayMessage play => References.Of(play.Message, $"{field}.message", by),
            HangUpCall hangUp => References.Of(hangUp.Goodbye, $"{field}.goodbye", by),
            Transfer transfer => References.Of(transfer.To, $"{field}.to", by),
            // The operator is named once, by the menu.
            CallOperator => [],
            _ => References.Of(graph.EndOf(action), field, by),
        };
    }
}
