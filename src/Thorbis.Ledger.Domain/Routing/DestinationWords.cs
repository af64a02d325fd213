namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Destinations and routes in words.</summary>
public sealed class DestinationWords(NameBook names)
{
    /// <param name="nameOf">The name of a member or voicemail box by its id; the id itself where there is none.</param>
    public DestinationWords(RoutingConfiguration configuration, Func<string, string> nameOf)
        : this(new NameBook((kind, id) => kind switch
        {
            ReferenceKind.Queue => configuration.Book.Queue(id)?.Name,
            ReferenceKind.Menu => configuration.Menus.GetValueOrDefault(id)?.Name,
            _ => nameOf(id),
        }))
    {
    }

    public string Of(Route route)
    {
        var where = string.Join(" and ", route.Targets.Select(Of));
        var node = route.MenuNode is { } at ? $", at '{at}'" : "";
        return route.Otherwise is not { } otherwise ? where + node
            : route.Targets is [ToQueue] ? $"{where}; who waits too long, to {Of(otherwise)}"
            : $"{where}; unanswered after {route.Ring.Seconds} s, to {Of(otherwise)}";
    }

    public string Of(Destination destination) => destination switch
    {
        ToMember to => names.Of(ReferenceKind.Member, to.Member),
        ToNumber to => to.Number,
        ToQueue to => Queue(to.Queue),
        ToMenu to => Menu(to.Menu),
        ToMailbox to => $"the voicemail box {names.Of(ReferenceKind.Mailbox, to.Mailbox)}",
        ToAnnouncement => "an announcement, and is hung up",
        ToReject => "nobody: it is rejected",
        ToBusy => "the busy tone",
        _ => "nobody: it is hung up",
    };

    public string Queue(string id) => $"Queue '{names.Of(ReferenceKind.Queue, id)}'";

    public string Menu(string id) => $"Menu '{names.Of(ReferenceKind.Menu, id)}'";
}
