using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>A fact of one schedule; stream <c>schedule/{id}</c>. A schedule is changed as a whole.</summary>
/// <param name="Version">1 as defined, one more with each fact.</param>
/// <param name="Terms">Whole.</param>
public abstract record ScheduleFact(Guid ScheduleId, int Version, Schedule Terms) : ConfigurationFact;

public sealed record ScheduleDefined(Guid ScheduleId, int Version, Schedule Terms)
    : ScheduleFact(ScheduleId, Version, Terms);

/// <summary>The terms are others.</summary>
public sealed record ScheduleRevised(Guid ScheduleId, int Version, Schedule Terms)
    : ScheduleFact(ScheduleId, Version, Terms);

/// <summary>The schedule ends for good; the terms are those it last had.</summary>
public sealed record ScheduleRetired(Guid ScheduleId, int Version, Schedule Terms)
    : ScheduleFact(ScheduleId, Version, Terms);
