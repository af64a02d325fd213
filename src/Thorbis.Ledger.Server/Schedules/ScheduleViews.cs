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
    internal static ScheduleListItem Of(ScheduleState schedule, Instant now)
    {
        var begins = schedule.History.Min(version => version.EffectiveAt);
        return new(
            schedule.ScheduleId, schedule.Last.Terms.Name, schedule.Last.Terms.Zone, schedule.Version,
            begins > now ? ScheduleStatus.Pending : ScheduleStatus.InForce, begins,
            schedule.Last.Retired ? schedule.Last.EffectiveAt : null);
    }
}
