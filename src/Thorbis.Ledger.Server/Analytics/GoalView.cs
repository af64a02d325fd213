using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>A goal: of <c>seconds</c>, <c>key</c> and <c>days</c> the one that its kind needs.</summary>
/// <param name="RetiredAt">Null while it is in force.</param>
public sealed record GoalView(
    Guid GoalId, string Name, GoalKind Kind, int? Seconds, string? Key, int? Days, Instant DefinedAt,
    string DefinedBy, string? Reason, Instant? RetiredAt)
{
    private const string Sql = """
        select goal_id, name, kind, seconds, key, days, defined_at, defined_by, reason, retired_at
        from platform.goal where tenant_id = $1 order by defined_at, goal_id
        """;

    /// <summary>The company's goals in the order they were defined in, retired ones included.</summary>
    public static async Task<List<GoalView>> ListAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        await using var command = connection.Command(Sql, company);
        return await command.ListAsync(Read, stop);
    }

    public static GoalView Of(GoalDefined goal) => new(
        goal.GoalId, goal.Name, goal.Kind, goal.Seconds, goal.Key, goal.Days, goal.OccurredAt, goal.By, goal.Reason,
        null);

    private static GoalView Read(NpgsqlDataReader row)
    {
        _ = Words.TryParse(row.GetString(2), GoalKind.AnsweredLonger, out var kind);
        return new(
            row.GetGuid(0), row.GetString(1), kind, row.Value<int>(3), row.Text(4), row.Value<int>(5),
            row.GetFieldValue<Instant>(6), row.GetString(7), row.Text(8), row.Value<Instant>(9));
    }
}
