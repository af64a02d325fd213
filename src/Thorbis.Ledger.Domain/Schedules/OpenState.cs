using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

// The contract with Timetable.At, to be replaced by the schedules' own declaration of the same shape.

/// <summary>What a schedule says of one instant.</summary>
/// <param name="Until">When it next changes; null when it never does.</param>
/// <param name="Holiday">The name of the holiday that decides; null on other days.</param>
/// <param name="Routing">Where calls go while it is closed.</param>
public sealed record OpenState(bool Open, Instant? Until, string? Holiday, Destination? Routing);
