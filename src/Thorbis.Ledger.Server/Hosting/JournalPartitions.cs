using System.Globalization;
using NodaTime;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>
/// Monthly partitions of the webhooks' bodies. The journal id is a UUIDv7, whose first 48 bits are milliseconds since
/// 1970, so the id alone tells the month.
/// </summary>
public static class JournalPartitions
{
    private const int MonthsAhead = 2;

    /// <summary>This month's partition (UTC) and the next two; what falls outside goes to the default
    /// partition.</summary>
    public static async Task EnsureAsync(LedgerDatabase database, Instant now, CancellationToken stop)
    {
        var first = now.InUtc().Date.With(DateAdjusters.StartOfMonth);
        for (var month = 0; month <= MonthsAhead; month++)
        {
            var start = first.PlusMonths(month);
            var name = "body_" + start.ToString("yyyy_MM", CultureInfo.InvariantCulture);
            await using var command = database.Owner.CreateCommand($"""
                create table if not exists intake.{name} partition of intake.body
                for values from ('{FirstId(MonthStart(start))}') to ('{FirstId(MonthStart(start.PlusMonths(1)))}')
                """);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    private static Instant MonthStart(LocalDate month) => month.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();

    /// <summary>The smallest id that this instant or a later one can have.</summary>
    public static Guid FirstId(Instant from)
    {
        var bytes = new byte[16];
        var milliseconds = from.ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, milliseconds >>= 8)
        {
            bytes[i] = (byte)(milliseconds & 0xff);
        }
        return new Guid(bytes, bigEndian: true);
    }
}
