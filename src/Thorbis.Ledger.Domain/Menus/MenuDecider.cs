using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>Decides on one menu. Asked again, it records nothing.</summary>
public static class MenuDecider
{
    /// <summary>Of one company, the retired ones apart.</summary>
    public const int MenusMax = 500;

    private static readonly Accepted<MenuFact> Nothing = new([]);

    /// <summary>Defines a menu of whose id there was none before.</summary>
    /// <param name="others">How many other menus the company has, the retired ones apart.</param>
    /// <param name="queues">Ids of the queues that there are.</param>
    public static Decision<MenuFact> Define(
        MenuHistory history, Menu menu, Change change, int others, IReadOnlyCollection<string> queues,
        Inventory inventory, Instant now) =>
        history.Version > 0 && history.InForce(change.From(now)) != menu
            ? new Refusal("menu-exists", $"There was a menu '{menu.Id}' already; revise or restore it.")
            : Set(history, menu, change, others, queues, inventory, now);

    /// <summary>Revises the menu in force, or defines it where none is.</summary>
    /// <param name="menu">As it shall be, every field of it.</param>
    /// <param name="others">How many other menus the company has, the retired ones apart.</param>
    /// <param name="queues">Ids of the queues that there are.</param>
    public static Decision<MenuFact> Set(
        MenuHistory history, Menu menu, Change change, int others, IReadOnlyCollection<string> queues,
        Inventory inventory, Instant now)
    {
        var present = history.InForce(change.From(now));
        Decision<MenuFact> decision = present == menu ? Nothing
            : Refuse(menu, queues, inventory) is { } refusal ? refusal
            : present is null && TooMany(others) is { } full ? full
            : present is null ? new MenuDefined(menu.Id, menu)
            : new MenuRevised(menu.Id, menu);
        return change.Over(decision, history.Version, now);
    }

    /// <param name="references">What names menus: rules, queues, schedules and other menus.</param>
    public static Decision<MenuFact> Retire(
        MenuHistory history, Change change, IEnumerable<Reference> references, Instant now)
    {
        Decision<MenuFact> decision = history.InForce(change.From(now)) is not { } menu ? Nothing
            : Reference.InUse(ReferenceKind.Menu, menu.Id, menu.Name, references) is { } refusal ? refusal
            : new MenuRetired(menu.Id);
        return change.Over(decision, history.Version, now);
    }

    /// <param name="version">The menu as that change made it.</param>
    /// <param name="others">How many other menus the company has, the retired ones apart.</param>
    public static Decision<MenuFact> Restore(
        MenuHistory history, int version, Change change, int others, IReadOnlyCollection<string> queues,
        Inventory inventory, Instant now)
    {
        var present = history.InForce(change.From(now));
        Decision<MenuFact> decision = history.AtVersion(version) is not { } former
            ? Refusal.Of("version", $"Version {version} is none that the menu could be again.")
            : former == present ? Nothing
            : Refuse(former, queues, inventory) is { } refusal ? refusal
            : present is null && TooMany(others) is { } full ? full
            : new MenuRestored(former.Id, former, version);
        return change.Over(decision, history.Version, now);
    }

    private static Refusal? TooMany(int others) => others < MenusMax ? null
        : new("too-many-menus", $"A company has at most {MenusMax} menus; retire one first.");

    private static Refusal? Refuse(Menu menu, IReadOnlyCollection<string> queues, Inventory inventory) =>
        MenuRules.Check(menu, queues, inventory) is [var first, ..] ? first : null;
}
