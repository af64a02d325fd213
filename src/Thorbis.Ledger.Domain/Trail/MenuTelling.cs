using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in a menu.</summary>
internal sealed class MenuTelling(NameBook names)
{
    private readonly PlaceTelling _places = new(names);

    public IEnumerable<FieldChange> Of(Menu? before, Menu? after) =>
        Telling.Whole(before, after, menu => $"menu '{menu.Name}'", Brief, Fields);

    private IEnumerable<FieldChange> Fields(Menu before, Menu after) =>
    [
        .. Telling.Value("id", "id", before.Id, after.Id),
        .. Telling.Name(before.Name, after.Name),
        .. Telling.Value("entry", "callers begin at", before.Entry, after.Entry, node => $"node '{node}'"),
        .. Nodes(before.Nodes, after.Nodes),
        .. _places.Destination("operator", "operator", before.Operator, after.Operator),
    ];

    private IEnumerable<FieldChange> Nodes(IReadOnlyList<MenuNode> before, IReadOnlyList<MenuNode> after)
    {
        var pairing = Pairing<MenuNode>.By(before, after, node => node.Id, node => node.Id);
        return
        [
            .. pairing.Removed.Select(gone => new FieldChange(
                $"nodes[{gone.Label}]", Brief(gone.Item), null, $"{Called(gone.Item)} removed")),
            .. pairing.Added.Select(added => new FieldChange(
                $"nodes[{added.Label}]", null, Brief(added.Item),
                $"{Called(added.Item)} added ({Brief(added.Item)})")),
            .. pairing.Kept.SelectMany(pair => Node(pair, alone: (before.Count, after.Count) == (1, 1))),
            .. Telling.Order("nodes", "nodes", pairing, node => node.Id),
        ];
    }

    /// <summary>In a menu of one node it goes without saying which.</summary>
    private IEnumerable<FieldChange> Node(Pair<MenuNode> pair, bool alone)
    {
        var field = $"nodes[{pair.Label}]";
        var changes = Fields(pair.Before, pair.After);
        return alone
            ? changes.Select(change => change with { Field = $"{field}.{change.Field}" })
            : Telling.Within(field, Called(pair.Before), changes);
    }

    private IEnumerable<FieldChange> Fields(MenuNode before, MenuNode after) =>
    [
        .. _places.Announcement("greeting", "greeting", before.Greeting, after.Greeting),
        .. Choices(before.Choices, after.Choices),
        .. Telling.Seconds("timeoutSeconds", "wait for a key", before.TimeoutSeconds, after.TimeoutSeconds),
        .. Telling.Count("retries", "retries", before.Retries, after.Retries),
        .. _places.Announcement("invalidKey", "text for a wrong key", before.InvalidKey, after.InvalidKey),
        .. Action("otherwise", "who chooses nothing", before.Otherwise, after.Otherwise),
    ];

    private IEnumerable<FieldChange> Choices(IReadOnlyList<MenuChoice> before, IReadOnlyList<MenuChoice> after)
    {
        var pairing = Pairing<MenuChoice>.By(before, after, choice => choice.Key, choice => choice.Key);
        return
        [
            .. pairing.Removed.Select(gone => new FieldChange(
                $"choices[{gone.Label}]", Text(gone.Item.Then), null, $"key {gone.Item.Key} removed")),
            .. pairing.Added.Select(added => new FieldChange(
                $"choices[{added.Label}]", null, Text(added.Item.Then),
                $"key {added.Item.Key} added ({Text(added.Item.Then)})")),
            .. pairing.Kept.SelectMany(pair => Action(
                $"choices[{pair.Label}].then", $"key {pair.Before.Key}", pair.Before.Then, pair.After.Then)),
            .. Telling.Order("choices", "keys", pairing, choice => choice.Key),
        ];
    }

    private IEnumerable<FieldChange> Action(string field, string what, MenuAction? before, MenuAction? after) =>
        (before, after) switch
        {
            (Transfer old, Transfer now) => _places.Destination($"{field}.to", $"{what} goes to", old.To, now.To),
            (PlayMessage old, PlayMessage now) =>
            [
                .. _places.Announcement($"{field}.message", $"message of {what}", old.Message, now.Message),
                .. Telling.Value(
                    $"{field}.then", $"{what} after the message", old.Then, now.Then, node => $"node '{node}'"),
            ],
            (HangUpCall { Goodbye: { } old }, HangUpCall { Goodbye: { } now }) =>
                _places.Announcement($"{field}.goodbye", $"goodbye of {what}", old, now),
            _ => Telling.Value(field, what, before, after, Text),
        };

    private string Text(MenuAction? action) => action switch
    {
        Transfer transfer => $"to {_places.Text(transfer.To)}",
        EnterQueue enter => $"waits in {_places.Queue(enter.Queue)}",
        LeaveMessage leave => $"leaves a message in {_places.Mailbox(leave.Mailbox)}",
        OpenSubmenu open => $"to node '{open.Node}'",
        RepeatNode => "hears the greeting again",
        PlayMessage { Then: null } play => $"hears {_places.Text(play.Message)} and comes back",
        PlayMessage play => $"hears {_places.Text(play.Message)}, then node '{play.Then}'",
        CallOperator => "to the operator",
        HangUpCall { Goodbye: { } goodbye } => $"hears {_places.Text(goodbye)} and is hung up",
        HangUpCall => "is hung up",
        _ => "nothing",
    };

    private string Brief(Menu menu) =>
        $"{TraceWords.Count(menu.Nodes.Count, "node")}, begins at '{menu.Entry}'"
        + (menu.Operator is { } to ? $", operator {_places.Text(to)}" : "");

    private string Brief(MenuNode node) =>
        $"says {_places.Text(node.Greeting)}"
        + (node.Choices.Count == 0 ? "" : $", keys {string.Join(" ", node.Choices.Select(choice => choice.Key))}")
        + $", otherwise {Text(node.Otherwise)}";

    private static string Called(MenuNode node) => $"node '{node.Id}'";
}
