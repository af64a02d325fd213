using Npgsql;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>Sums the waits of a range, by kind.</summary>
internal static class WaitReading
{
    private const string Sql = """
        select kind, bin, sum(calls)::bigint, sum(microseconds)::bigint from ledger.wait_bucket
        where tenant_id = $1 and number = $2 and bucket >= $3 and bucket < $4 group by kind, bin
        """;

    /// <param name="number">Null for the whole company.</param>
    public static async Task<IReadOnlyDictionary<WaitKind, WaitHistogram>> ReadAsync(
        NpgsqlConnection connection, string company, string? number, UsageRange range, CancellationToken stop)
    {
        var waits = Enum.GetValues<WaitKind>().ToDictionary(kind => kind, _ => new WaitHistogram());
        await using var command = connection.Command(Sql, company, number ?? "", range.From, range.To);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            _ = Words.TryParse(rows.GetString(0), WaitKind.Answered, out var kind);
            waits[kind].Add(rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3));
        }
        return waits;
    }
}
