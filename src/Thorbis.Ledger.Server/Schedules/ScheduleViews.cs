using NodaTime;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Configuration;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>What is in force of a schedule at an instant.</summary>
/// <param name="Version">The last decided, which the next change names in <c>If-Match</c>.</param>
/// <param name="At">The instant asked about.</param>
/// <param name="InForce">The version in force then; left out while pending.</param>
/// <param name="Terms">Those in force then; left out while pending or retired.</param>
public sealed record ScheduleView(
    Guid ScheduleId, int Version, ConfigurationStatus Status, Instant At, int? InForce, Schedule? Terms)
{
    internal static ScheduleView Of(ScheduleState schedule, Instant at) => new(
        schedule.ScheduleId, schedule.Version, StatusOf(schedule, at), at, schedule.InForceAt(at)?.Version,
        schedule.TermsAt(at));

    internal static ConfigurationStatus StatusOf(ScheduleState schedule, Instant at) => schedule.InForceAt(at) switch
    {
        null => ConfigurationStatus.Pending,
        { Retired: true } => ConfigurationStatus.Retired,
        _ => ConfigurationStatus.InForce,
    };
}

/// <summary>A schedule of the list; name and zone as last decided, in force or not yet.</summary>
/// <param name="Status">Now.</param>
/// <param name="EndsAt">When its retirement takes effect; left out when none was decided.</param>
public sealed record ScheduleListItem(
    Guid ScheduleId, string Name, string Zone, int Version, ConfigurationStatus Status, Instant BeginsAt,
    Instant? EndsAt)
{
    internal static ScheduleListItem Of(ScheduleState schedule, Instant now)
    {
        var begins = schedule.History.Min(version => version.EffectiveAt);
        return new(
            schedule.ScheduleId, schedule.Last.Terms.Name, schedule.Last.Terms.Zone, schedule.Version,
            begins > now ? ConfigurationStatus.Pending : ConfigurationStatus.InForce, begins,
            schedule.Last.Retired ? schedule.Last.EffectiveAt : null);
    }
}
