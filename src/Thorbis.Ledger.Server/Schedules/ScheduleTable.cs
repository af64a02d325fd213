using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Schedules;

/// <summary>Reads schedules: their streams one by one, and the table of them, written with their facts.</summary>
internal static class ScheduleTable
{
    private const string ListSql = """
        select schedule_id, name, zone, version, begins_at, ends_at from platform.schedule
        where tenant_id = $1 and schedule_id > $2 and (ends_at is null or ends_at > $3)
        order by schedule_id limit $4
        """;

    public static string StreamOf(Guid scheduleId) => $"schedule/{scheduleId}";

    /// <summary>One with its history, retired or not; null for none.</summary>
    /// <param name="sequence">The last place of the ledger that counts.</param>
    public static async Task<ScheduleState?> FindAsync(
        NpgsqlConnection connection, string company, Guid scheduleId, CancellationToken stop,
        long sequence = long.MaxValue)
    {
        var facts = await StreamReading.ReadAsync(connection, company, StreamOf(scheduleId), sequence, stop);
        return facts.Aggregate(
            (ScheduleState?)null, (state, told) => ScheduleState.Evolve(state, (ScheduleFact)told.Fact));
    }

    /// <summary>Names of the company's other schedules, those apart whose retirement was decided.</summary>
    public static async Task<List<string>> OtherNamesAsync(
        NpgsqlConnection connection, string company, Guid scheduleId, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select name from platform.schedule where tenant_id = $1 and schedule_id <> $2 and ends_at is null",
            company, scheduleId);
        return await command.ListAsync(row => row.GetString(0), stop);
    }

    /// <summary>Those that have not ended, by id.</summary>
    /// <param name="after">The last id of the page before.</param>
    /// <param name="rows">At most so many.</param>
    public static async Task<List<ScheduleRow>> ListAsync(
        NpgsqlConnection connection, string company, Guid after, int rows, Instant now, CancellationToken stop)
    {
        await using var command = connection.Command(ListSql, company, after, now, rows);
        return await command.ListAsync(row => new ScheduleRow(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<Instant>(4),
            row.Value<Instant>(5)), stop);
    }

    public static Task<int> WriteAsync(
        FactTransaction change, string company, ScheduleState schedule, CancellationToken stop)
    {
        var last = schedule.Last;
        return change.ExecuteAsync("""
            insert into platform.schedule (tenant_id, schedule_id, name, zone, version, begins_at, ends_at)
            values ($1, $2, $3, $4, $5, $6, $7::timestamptz)
            on conflict (tenant_id, schedule_id) do update set name = excluded.name, zone = excluded.zone,
              version = excluded.version, begins_at = excluded.begins_at, ends_at = excluded.ends_at
            """, stop, company, schedule.ScheduleId, last.Terms.Name, last.Terms.Zone, schedule.Version,
            schedule.History.Min(version => version.EffectiveAt), last.Retired ? last.EffectiveAt : null);
    }
}

/// <summary>A schedule as its row keeps it: name and zone as last decided.</summary>
/// <param name="BeginsAt">The earliest instant that anything of it is effective at.</param>
/// <param name="EndsAt">When its retirement takes effect; null when none was decided.</param>
internal sealed record ScheduleRow(
    Guid ScheduleId, string Name, string Zone, int Version, Instant BeginsAt, Instant? EndsAt);
