using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Configuration;

namespace Thorbis.Ledger.Server.Menus;

/// <param name="Version">The last decided, which the next change names in <c>If-Match</c>.</param>
/// <param name="At">The instant asked about.</param>
/// <param name="InForce">The version that decides then, which may be a retirement; left out while pending.</param>
/// <param name="Menu">That in force then; left out while pending or retired.</param>
public sealed record MenuView(
    string MenuId, int Version, ConfigurationStatus Status, Instant At, int? InForce, Menu? Menu)
{
    internal static MenuView Of(string menuId, MenuHistory menu, Instant at) => new(
        menuId, menu.Version, StatusOf(menu, at), at, menu.VersionAt(at) is > 0 and var version ? version : null,
        menu.InForce(at));

    internal static ConfigurationStatus StatusOf(MenuHistory menu, Instant at) =>
        menu.VersionAt(at) == 0 ? ConfigurationStatus.Pending
        : menu.InForce(at) is null ? ConfigurationStatus.Retired
        : ConfigurationStatus.InForce;
}

/// <summary>A menu of the list; name and nodes as in force, or as planned where it is not in force yet.</summary>
/// <param name="Version">The last decided.</param>
/// <param name="Status">Now.</param>
/// <param name="BeginsAt">When it is in force next, where it is not.</param>
public sealed record MenuListItem(
    string MenuId, string Name, int Nodes, int Version, ConfigurationStatus Status, Instant? BeginsAt)
{
    /// <param name="menu">One that has not ended.</param>
    internal static MenuListItem Of(string menuId, MenuHistory menu, Instant now)
    {
        var begins = menu.BeginAfter(now);
        var terms = menu.InForce(begins ?? now)!;
        return new(menuId, terms.Name, terms.Nodes.Count, menu.Version, MenuView.StatusOf(menu, now), begins);
    }
}

/// <param name="Kind"><c>left</c> for a destination; <c>waiting</c> for a key that did not come; <c>unknown</c>: a key
/// that the ledger does not know; <c>stuck</c>: it leads nowhere.</param>
/// <param name="Node">The last node.</param>
/// <param name="Words">The destination in words.</param>
public sealed record MenuEndView(MenuEndKind Kind, string Node, Destination? To, string? Words)
{
    internal static MenuEndView Of(MenuEnd end, DestinationWords words) =>
        new(end.Kind, end.Node, end.To, end.To is { } to ? words.Of(to) : null);
}
