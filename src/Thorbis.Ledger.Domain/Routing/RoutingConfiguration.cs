using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Everything of a company that decides on calls, as it is in force at one instant.</summary>
/// <param name="Menus">By id.</param>
/// <param name="Hours">By schedule: what it says of an instant.</param>
/// <param name="Team">How each member of the company takes calls, by member.</param>
public sealed record RoutingConfiguration(
    RuleBook Book, IReadOnlyDictionary<string, Menu> Menus,
    IReadOnlyDictionary<string, Func<Instant, OpenState>> Hours, IReadOnlyDictionary<string, TeamTerms> Team,
    IDateTimeZoneProvider Zones);
