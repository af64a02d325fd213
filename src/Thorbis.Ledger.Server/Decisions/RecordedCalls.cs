using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <param name="At">Usage instant.</param>
/// <param name="EndedAt">Null while it goes on, or its end is not known.</param>
/// <param name="Call">Null until the start of a leg is known.</param>
internal sealed record RecordedRow(string CallId, Instant At, Instant? EndedAt, RecordedCall? Call)
{
    public const string Columns = "call_id, usage_at, ended_at, state::text";

    /// <summary>In the order of calls: by usage instant, then id.</summary>
    public bool Follows((Instant At, string CallId) other) =>
        At > other.At || (At == other.At && string.CompareOrdinal(CallId, other.CallId) > 0);

    public static RecordedRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetFieldValue<Instant>(1), row.Value<Instant>(2),
        RecordedCall.Of(row.State<Call>(3)));
}

/// <summary>Reads calls in the order in which they began.</summary>
internal static class RecordedCalls
{
    public static async Task<RecordedRow?> FindAsync(
        NpgsqlConnection connection, string company, string callId, CancellationToken stop)
    {
        await using var command = connection.Command(
            $"select {RecordedRow.Columns} from ledger.call where tenant_id = $1 and call_id = $2", company, callId);
        return (await command.ListAsync(RecordedRow.Read, stop)).SingleOrDefault();
    }

    /// <summary>Calls that were going on when one began, in their order.</summary>
    public static async Task<List<RecordedRow>> AroundAsync(
        NpgsqlConnection connection, string company, RecordedRow row, CancellationToken stop)
    {
        await using var command = connection.Command(
            $"""
            select {RecordedRow.Columns} from ledger.call
            where tenant_id = $1 and usage_at >= $2 and (usage_at, call_id) < ($3, $4)
              and (ended_at is null or ended_at > $3)
            order by usage_at, call_id
            """,
            company, row.At - PhoneLoads.Before, row.At, row.CallId);
        return await command.ListAsync(RecordedRow.Read, stop);
    }

    /// <summary>How many calls came in within a range.</summary>
    public static async Task<long> CountAsync(
        NpgsqlConnection connection, string company, DecisionRange range, CancellationToken stop)
    {
        await using var command = connection.Command(
            """
            select count(*) from ledger.call
            where tenant_id = $1 and usage_at >= $2 and usage_at < $3 and direction = 'incoming'
            """,
            company, range.From, range.To);
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Gives each incoming call of a range, one at a time and in their order, after the calls before it that
    /// may still hold phones.</summary>
    /// <param name="after">Begins behind this call.</param>
    /// <param name="pass">A call that is not asked about.</param>
    /// <param name="take">A call that is; false ends it.</param>
    public static async Task EachAsync(
        NpgsqlConnection connection, string company, DecisionRange range, (Instant At, string CallId)? after,
        Action<RecordedCall> pass, Func<RecordedRow, ValueTask<bool>> take, CancellationToken stop)
    {
        var from = after?.At ?? range.From;
        await using var command = connection.Command(
            $"""
            select {RecordedRow.Columns} from ledger.call
            where tenant_id = $1 and usage_at >= $2 and usage_at < $3 order by usage_at, call_id
            """,
            company, from - PhoneLoads.Before, range.To);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var row = RecordedRow.Read(rows);
            var asked = row.Call?.Known.Direction == CallDirection.Incoming && row.At >= from
                && (after is not { } seen || row.Follows(seen));
            if (!asked && row.Call is { } passed)
            {
                pass(passed);
            }
            else if (asked && !await take(row))
            {
                return;
            }
        }
    }
}
