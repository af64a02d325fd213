using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>Which menus can be taken: every caller hears something, and gets to an end, whatever they press.</summary>
public static class MenuRules
{
    /// <param name="queues">Ids of the queues that there are.</param>
    /// <returns>All that is wrong: first of each node by itself, and where that is right, of what they name and of the
    /// ways between them.</returns>
    public static IReadOnlyList<Refusal> Check(Menu menu, IReadOnlyCollection<string> queues, Inventory inventory)
    {
        var refused = Form(menu);
        return refused.Count > 0 ? refused :
        [
            .. MenuReferences.Of(menu).Where(r => !inventory.Has(r, queues)).Select(r => r.Missing()),
            .. MenuWays.Check(menu),
        ];
    }

    /// <summary>The same, whether or not there is what the menu names.</summary>
    public static IReadOnlyList<Refusal> Check(Menu menu)
    {
        var refused = Form(menu);
        return refused.Count > 0 ? refused : [.. MenuWays.Check(menu)];
    }

    private static List<Refusal> Form(Menu menu)
    {
        List<Refusal> refused = [.. Head(menu)];
        if (refused.Count == 0)
        {
            var ids = menu.Nodes.Select(node => node.Id).ToHashSet();
            refused.AddRange(menu.Nodes.SelectMany((node, i) => Node(menu, ids, node, $"nodes[{i}]")));
        }
        return refused;
    }

    private static IEnumerable<Refusal> Head(Menu menu)
    {
        if (!IsAddress(menu.Id))
        {
            yield return Refusal.Of(
                "id", $"An id has 1 to {Texts.IdLengthMax} letters, digits, - . _ and begins with no - or dot.");
        }
        if (Texts.Name(menu.Name, "name") is { } name)
        {
            yield return name;
        }
        if (menu.Operator is { } to && Texts.Destination(to, "operator") is { } wrong)
        {
            yield return wrong;
        }
        if (menu.Nodes is not { Count: > 0 and <= Menu.NodesMax })
        {
            yield return Refusal.Of("nodes", $"A menu has 1 to {Menu.NodesMax} nodes.");
        }
        else if (menu.Nodes.Any(node => node is null || !Texts.IsId(node.Id)))
        {
            yield return Refusal.Of("nodes", $"A node has an id of 1 to {Texts.IdLengthMax} characters.");
        }
        else if (menu.Nodes.GroupBy(node => node.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return Refusal.Of("nodes", $"Two nodes have the id '{twice.Key}'.");
        }
    }

    private static IEnumerable<Refusal> Node(Menu menu, HashSet<string> ids, MenuNode node, string field)
    {
        Refusal?[] checks =
        [
            Texts.Announcement(node.Greeting, $"{field}.greeting"),
            node.InvalidKey is null ? null : Texts.Announcement(node.InvalidKey, $"{field}.invalidKey"),
            Texts.Within(node.TimeoutSeconds, MenuNode.TimeoutSecondsMin, MenuNode.TimeoutSecondsMax,
                $"{field}.timeoutSeconds", "The time for a key"),
            Texts.Within(node.Retries, 0, MenuNode.RetriesMax, $"{field}.retries", "The number of retries"),
            Keys(node, $"{field}.choices"),
            .. (node.Choices ?? []).Take(MenuKey.Keys.Length)
                .Select((choice, i) => Action(menu, ids, choice?.Then, $"{field}.choices[{i}].then")),
            node.Otherwise is null
                ? Refusal.Of($"{field}.otherwise", "A dead end: say where a caller gets who presses nothing.")
                : Action(menu, ids, node.Otherwise, $"{field}.otherwise"),
        ];
        return checks.OfType<Refusal>();
    }

    private static Refusal? Keys(MenuNode node, string field)
    {
        if (node.Choices is null)
        {
            return Refusal.Of(field, "A list of choices is needed; it may be empty.");
        }
        for (var i = 0; i < node.Choices.Count; i++)
        {
            if (node.Choices[i]?.Key is not [var key] || !MenuKey.Keys.Contains(key))
            {
                return Refusal.Of($"{field}[{i}].key", "A key is one of 0-9 * #.");
            }
            if (node.Choices.Take(i).Any(other => other.Key == node.Choices[i].Key))
            {
                return Refusal.Of($"{field}[{i}].key", $"The key {node.Choices[i].Key} has a meaning already.");
            }
        }
        return null;
    }

    private static Refusal? Action(Menu menu, HashSet<string> ids, MenuAction? action, string field) => action switch
    {
        null => Refusal.Of(field, "A key needs something that it does."),
        Transfer transfer => Texts.Destination(transfer.To, $"{field}.to"),
        EnterQueue queue => Texts.Id(queue.Queue, $"{field}.queue"),
        LeaveMessage message => Texts.Id(message.Mailbox, $"{field}.mailbox"),
        OpenSubmenu submenu => Known(ids, submenu.Node, $"{field}.node"),
        PlayMessage play => Texts.Announcement(play.Message, $"{field}.message")
            ?? (play.Then is null ? null : Known(ids, play.Then, $"{field}.then")),
        CallOperator when menu.Operator is null =>
            Refusal.Of("operator", "A key leads to the operator: say who it is."),
        HangUpCall { Goodbye: { } goodbye } => Texts.Announcement(goodbye, $"{field}.goodbye"),
        _ => null,
    };

    private static Refusal? Known(HashSet<string> ids, string? node, string field) =>
        node is not null && ids.Contains(node) ? null : Refusal.Of(field, $"The menu has no node '{node}'.");

    private static bool IsAddress(string? id) => id is [not ('-' or '.'), ..] && id.Length <= Texts.IdLengthMax
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
