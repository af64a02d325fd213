using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>A menu made ready for walking: nodes by id, choices by key. Takes any menu, also one that would be
/// refused.</summary>
public sealed class MenuGraph
{
    private readonly Dictionary<string, MenuNode> _nodes = [];

    public MenuGraph(Menu menu)
    {
        Menu = menu;
        foreach (var node in menu.Nodes)
        {
            // Of two with one id the first counts.
            _nodes.TryAdd(node.Id, node);
        }
    }

    public Menu Menu { get; }

    public MenuNode? Entry => Node(Menu.Entry);

    public MenuNode? Node(string? id) => id is null ? null : _nodes.GetValueOrDefault(id);

    public static MenuAction? Choice(MenuNode node, char key)
    {
        foreach (var choice in node.Choices)
        {
            if (choice.Key is [var digit] && digit == key)
            {
                return choice.Then;
            }
        }
        return null;
    }

    /// <summary>Where an action leaves the menu to; null when it does not, or leads nowhere.</summary>
    public Destination? EndOf(MenuAction? action) => action switch
    {
        Transfer transfer => transfer.To,
        EnterQueue queue => new ToQueue(queue.Queue),
        LeaveMessage message => new ToMailbox(message.Mailbox),
        CallOperator => Menu.Operator,
        HangUpCall { Goodbye: { } goodbye } => new ToAnnouncement(goodbye),
        HangUpCall => new ToHangUp(),
        _ => null,
    };

    /// <summary>The node that an action leads to; null when it leaves the menu, or leads nowhere.</summary>
    public MenuNode? NextOf(MenuNode node, MenuAction? action) => action switch
    {
        OpenSubmenu submenu => Node(submenu.Node),
        PlayMessage { Then: { } then } => Node(then),
        PlayMessage or RepeatNode => node,
        _ => null,
    };
}
