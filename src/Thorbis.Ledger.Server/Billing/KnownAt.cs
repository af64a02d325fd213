using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What the ledger knew: everything up to a place in it.</summary>
/// <param name="Sequence">The last fact that counts; null for all there are.</param>
/// <param name="Provisional">More may become known of that instant: it lies beyond what is settled and read.</param>
/// <param name="Late">Less came after it than before.</param>
public sealed record KnownAt(long? Sequence, bool Provisional, bool Late = false)
{
    private const string MarkSql = $"""
        select coalesce(max(seq) filter (where at <= $1), 0), coalesce(max(at) < $1, true), {ReadModelProgress.CostsSql}
        from ledger.mark
        """;

    /// <summary>Reads what is asked: an instant, a sequence, or neither, which is now.</summary>
    /// <returns>The answer, or a 422.</returns>
    public static async Task<(KnownAt? Known, IResult? Problem)> FindAsync(
        string? instant, long? sequence, (string Instant, string Sequence) fields, NpgsqlConnection connection,
        CancellationToken stop)
    {
        if (string.IsNullOrEmpty(instant))
        {
            return sequence switch
            {
                null => (new(null, false), null),
                < 0 => (null, Problems.Invalid(fields.Sequence, "A place in the ledger is 0 or more.")),
                { } place => (Of(place, await ProgressAsync(connection, stop)), null),
            };
        }
        if (sequence is not null)
        {
            return (null, Problems.Invalid(fields.Sequence, $"Not beside {fields.Instant}: one of them."));
        }
        if (AskedTime.Parse(instant, DateTimeZone.Utc) is not { } at)
        {
            return (null, Problems.Invalid(fields.Instant, AskedTime.Expected));
        }
        await using var command = connection.Command(MarkSql, at);
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        var (settled, beyond, progress) = (row.GetInt64(0), row.GetBoolean(1), row.GetInt64(2));
        var known = Of(settled, progress);
        return (known with { Provisional = known.Provisional || beyond }, null);
    }

    private static KnownAt Of(long place, long progress) => new(place, place > progress, place > progress / 2);

    /// <summary>The sequence of the last fact in the cost ledger.</summary>
    public static async Task<long> ProgressAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command($"select {ReadModelProgress.CostsSql}");
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }
}
