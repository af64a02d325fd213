using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <summary>A fact of one menu; stream <c>menu/{id}</c>. A menu is changed as a whole.</summary>
public abstract record MenuFact(string MenuId) : ConfigurationFact;

public sealed record MenuDefined(string MenuId, Menu Menu) : MenuFact(MenuId);

public sealed record MenuRevised(string MenuId, Menu Menu) : MenuFact(MenuId);

/// <summary>Callers are not sent there any more; it can be restored.</summary>
public sealed record MenuRetired(string MenuId) : MenuFact(MenuId);

/// <param name="Version">The former version that it is again.</param>
public sealed record MenuRestored(string MenuId, Menu Menu, int Version) : MenuFact(MenuId);
