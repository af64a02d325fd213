using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>What a schedule says of an instant.</summary>
/// <param name="Until">The first instant after the asked one at which something else here is another; null when there
/// is none within <see cref="Timetable.Horizon"/>. Of these terms: a revision may change it.</param>
/// <param name="Holiday">The holiday that governs the local date, open or not; null on other dates.</param>
/// <param name="Routing">Where calls go: the holiday's destination, else the one after hours; null while open.</param>
public sealed record OpenState(bool Open, Instant? Until, string? Holiday, Destination? Routing);
