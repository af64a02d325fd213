namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Destinations and routes in words.</summary>
/// <param name="nameOf">The name of a member or voicemail box by its id; the id itself where there is none.</param>
public sealed class DestinationWords(RoutingConfiguration configuration, Func<string, string> nameOf)
{
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
        ToMember to => nameOf(to.Member),
        ToNumber to => to.Number,
        ToQueue to => Queue(to.Queue),
        ToMenu to => Menu(to.Menu),
        ToMailbox to => $"the voicemail box {nameOf(to.Mailbox)}",
        ToAnnouncement => "an announcement, and is hung up",
        ToReject => "nobody: it is rejected",
        ToBusy => "the busy tone",
        _ => "nobody: it is hung up",
    };

    public string Queue(string id) => $"Queue '{configuration.Book.Queue(id)?.Name ?? id}'";

    public string Menu(string id) => $"Menu '{configuration.Menus.GetValueOrDefault(id)?.Name ?? id}'";
}
