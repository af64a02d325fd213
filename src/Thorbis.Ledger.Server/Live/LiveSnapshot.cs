using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Live;

/// <summary>What a company sees of the present moment.</summary>
/// <param name="Today">The day in the company's zone that the figures are of.</param>
/// <param name="AsOf">The place in the ledger up to which facts are in it.</param>
public sealed record LiveSnapshot(CallsInProgress InProgress, LocalDate Today, string Zone, long AsOf, Figures Figures)
{
    private const int Newest = 20;

    public static async Task<LiveSnapshot> ReadAsync(
        NpgsqlConnection connection, string company, DateTimeZone zone, Instant now, CancellationToken stop)
    {
        var today = now.InZone(zone).Date;
        var range = UsageRange.Of(
            today.AtStartOfDayInZone(zone).ToInstant(), today.PlusDays(1).AtStartOfDayInZone(zone).ToInstant(), zone,
            UsageStep.Day, out var refusal) ?? throw new InvalidOperationException(refusal?.Reason);
        var (asOf, sums) = await UsageReading.ReadAsync(connection, company, number: null, range, stop);
        var calls = await CallsAsync(connection, company, now, stop);
        return new(calls, today, zone.Id, asOf, Figures.Of(sums[0]));
    }

    private static async Task<CallsInProgress> CallsAsync(
        NpgsqlConnection connection, string company, Instant now, CancellationToken stop)
    {
        var selection = new Selection(company).Where(CallProgress.Condition, CallProgress.Since(now));
        var sql = $"""
            select {CallRow.Columns}, count(*) over () from ledger.call where {selection.Sql}
            order by usage_at desc, call_id desc limit {Newest}
            """;
        await using var command = selection.Command(connection, sql);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (count, newest) = (0L, new List<CallRow>());
        while (await rows.ReadAsync(stop))
        {
            count = rows.GetInt64(CallRow.ColumnCount);
            newest.Add(CallRow.Read(rows, now));
        }
        return new(count, newest);
    }
}

/// <param name="Count">All of them.</param>
/// <param name="Newest">The newest 20.</param>
public sealed record CallsInProgress(long Count, IReadOnlyList<CallRow> Newest);
