using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>A fact of one schedule; stream <c>schedule/{id}</c>.</summary>
/// <param name="OccurredAt">When it was decided.</param>
/// <param name="Version">1 as defined, one more with each fact.</param>
/// <param name="Terms">Whole.</param>
/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
/// <param name="Address">The IP address it was done from; null when not known.</param>
/// <param name="EffectiveAt">From then on it is in force; never before <paramref name="OccurredAt"/>.</param>
public abstract record ScheduleFact(
    Guid ScheduleId, Instant OccurredAt, int Version, Schedule Terms, string By, string? Reason, string? Address,
    Instant EffectiveAt) : Fact(OccurredAt);

public sealed record ScheduleDefined(
    Guid ScheduleId, Instant OccurredAt, int Version, Schedule Terms, string By, string? Reason, string? Address,
    Instant EffectiveAt)
    : ScheduleFact(ScheduleId, OccurredAt, Version, Terms, By, Reason, Address, EffectiveAt);

/// <summary>The terms are others.</summary>
public sealed record ScheduleRevised(
    Guid ScheduleId, Instant OccurredAt, int Version, Schedule Terms, string By, string? Reason, string? Address,
    Instant EffectiveAt)
    : ScheduleFact(ScheduleId, OccurredAt, Version, Terms, By, Reason, Address, EffectiveAt);

/// <summary>The schedule ends for good; the terms are those it last had.</summary>
public sealed record ScheduleRetired(
    Guid ScheduleId, Instant OccurredAt, int Version, Schedule Terms, string By, string? Reason, string? Address,
    Instant EffectiveAt)
    : ScheduleFact(ScheduleId, OccurredAt, Version, Terms, By, Reason, Address, EffectiveAt);
