using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>All facts of a menu, in the order of their stream.</summary>
public sealed record MenuHistory(IReadOnlyList<MenuFact> Facts)
{
    public static readonly MenuHistory Empty = new([]);

    /// <summary>0 when it was never defined; one more with each fact.</summary>
    public int Version => Facts.Count;

    public MenuHistory With(IEnumerable<MenuFact> facts) => new([.. Facts, .. facts]);

    /// <summary>The menu in force at an instant; null before it was defined, and while it is retired.</summary>
    /// <param name="known">As the ledger knew it then; null for as it knows now.</param>
    public Menu? InForce(Instant at, Instant? known = null) =>
        EffectiveOrder.InForce(Facts, at, known).Aggregate((Menu?)null, (_, fact) => Of(fact));

    /// <summary>The menu as a change made it; null when that retired it, or there is none.</summary>
    /// <param name="version">From 1 on.</param>
    public Menu? AtVersion(int version) => version >= 1 && version <= Version ? Of(Facts[version - 1]) : null;

    internal static Menu? Of(MenuFact fact) => fact switch
    {
        MenuDefined defined => defined.Menu,
        MenuRevised revised => revised.Menu,
        MenuRestored restored => restored.Menu,
        _ => null,
    };
}
