using NodaTime;

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
    public Menu? InForce(Instant at, Instant? known = null) => AtVersion(VersionAt(at, known));

    /// <summary>The change that decides at an instant, which may be a retirement; 0 before the first.</summary>
    /// <param name="known">As the ledger knew it then; null for as it knows now.</param>
    public int VersionAt(Instant at, Instant? known = null)
    {
        var found = 0;
        for (var i = 0; i < Facts.Count; i++)
        {
            var fact = Facts[i];
            if (fact.EffectiveAt <= at && (known is null || fact.OccurredAt <= known)
                && (found == 0 || fact.EffectiveAt >= Facts[found - 1].EffectiveAt))
            {
                found = i + 1;
            }
        }
        return found;
    }

    /// <summary>It is in force neither at an instant nor, as planned, later.</summary>
    public bool EndedBy(Instant at) => InForce(at) is null && BeginAfter(at) is null;

    /// <summary>When it is in force next; null when nothing is planned, and while it is.</summary>
    public Instant? BeginAfter(Instant at) => InForce(at) is not null ? null : Facts
        .Select(fact => fact.EffectiveAt).Where(planned => planned > at && InForce(planned) is not null)
        .Select(planned => (Instant?)planned).Min();

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
