using NodaTime;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>What is in force of a schedule at an instant.</summary>
public enum ScheduleStatus
{
    /// <summary>Nothing yet.</summary>
    Pending,
    InForce,

    /// <summary>Nothing any more.</summary>
    Retired,
}

/// <param name="Version">The last decided, which the next change names in <c>If-Match</c>.</param>
/// <param name="At">The instant asked about.</param>
/// <param name="InForce">The version in force then; left out while pending.</param>
/// <param name="Terms">Those in force then; left out while pending or retired.</param>
public sealed record ScheduleView(
    Guid ScheduleId, int Version, ScheduleStatus Status, Instant At, int? InForce, Schedule? Terms)
{
    internal static ScheduleView Of(ScheduleState schedule, Instant at) => new(
        schedule.ScheduleId, schedule.Version, StatusOf(schedule, at), at, schedule.InForceAt(at)?.Version,
        schedule.TermsAt(at));

    internal static ScheduleStatus StatusOf(ScheduleState schedule, Instant at) => schedule.InForceAt(at) switch
    {
        null => ScheduleStatus.Pending,
        { Retired: true } => ScheduleStatus.Retired,
        _ => ScheduleStatus.InForce,
    };
}

/// <summary>A schedule of the list; name and zone as last decided, in force or not yet.</summary>
/// <param name="Status">Now.</param>
/// <param name="EndsAt">When its retirement takes effect; left out when none was decided.</param>
public sealed record ScheduleListItem(
    Guid ScheduleId, string Name, string Zone, int Version, ScheduleStatus Status, Instant BeginsAt, Instant? EndsAt)
{
    internal static ScheduleListItem Of(ScheduleRow row, Instant now) => new(
        row.ScheduleId, row.Name, row.Zone, row.Version,
        row.BeginsAt > now ? ScheduleStatus.Pending : ScheduleStatus.InForce, row.BeginsAt, row.EndsAt);
}

/// <summary>What was decided once.</summary>
/// <param name="Sequence">Its place in the ledger, for <c>asKnownSeq</c>.</param>
/// <param name="Kind"><c>schedule_defined</c>, <c>schedule_revised</c> or <c>schedule_retired</c>.</param>
/// <param name="EffectiveAt">From then on it is in force.</param>
/// <param name="Address">The IP address it was done from; left out when not known.</param>
public sealed record ScheduleVersionView(
    int Version, long Sequence, string Kind, Instant RecordedAt, Instant EffectiveAt, string By, string? Reason,
    string? Address);
