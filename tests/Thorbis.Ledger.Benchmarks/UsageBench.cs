using System.Diagnostics;
using System.Text.Json;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>A month by day over HTTP, against one SQL statement that counts the same from the facts.</summary>
internal static class UsageBench
{
    private const int Asked = 300;

    // A call is its session: direction and time of its earliest leg, talk from the first bridge (one leg: answer).
    private const string FromFacts = """
        select day, direction, count(*), sum(calls), sum(talk)::bigint
        from (
          select (min(at) at time zone $2)::date as day,
                 (array_agg(direction order by at) filter (where direction is not null))[1] as direction,
                 max(call) as calls,
                 coalesce(extract(epoch from max(at) filter (where type = 'call_hung_up')
                   - coalesce(min(at) filter (where type = 'call_bridged'),
                              min(at) filter (where type = 'call_answered'))), 0) as talk
          from (
            select stream_id, type, (data->>'occurredAt')::timestamptz as at,
                   coalesce(data->>'direction', data->'report'->>'direction') as direction,
                   case when stream_id like 'call/%' then 1 else 0 end as call
            from ledger.mt_events
            where tenant_id = $1) fact
          group by stream_id
          having min(at) >= $3 and min(at) < $4) communication
        group by day, direction
        """;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await Ledgers.OfMonthAsync(rig, stop);
        var key = await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        var communications = await ledger.CountAsync("ledger.mt_streams", stop);
        var facts = await ledger.CountAsync("ledger.mt_events", stop);
        Rig.Tell($"{Rig.Number(communications)} calls and messages, {Rig.Number(facts)} facts");
        var other = Math.Min(await GroupAsync(ledger, stop), await GroupAsync(ledger, stop));
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        using var asking = new Asking(server.Url, key);
        var (milliseconds, last) = await asking.MonthAsync(Asked, stop);
        var ours = Figures.At(0.5, milliseconds);
        Rig.Tell($"GET /usage, {Asked} times: p50 {ours:F2} ms, p99 {Figures.At(0.99, milliseconds):F2} ms; totals "
            + Totals(last));
        return new()
        {
            Ratio = other / ours,
            Ours = ours,
            Other = other,
            P50Ms = ours,
            P99Ms = Figures.At(0.99, milliseconds),
        };
    }

    /// <summary>Of calls, for comparison with what the statement counts.</summary>
    private static string Totals(JsonElement report)
    {
        var calls = report.GetProperty("totals").GetProperty("calls");
        return $"{calls.GetProperty("in")} calls in, {calls.GetProperty("out")} out, "
            + $"{calls.GetProperty("talkSeconds")} s of talk";
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> GroupAsync(LedgerAtHand ledger, CancellationToken stop)
    {
        await using var connection = await ledger.Owner.OpenConnectionAsync(stop);
        // With the memory that somebody who waits for it would give it.
        await using var memory = connection.Command("set work_mem = '256MB'");
        await memory.ExecuteNonQueryAsync(stop);
        var since = Stopwatch.GetTimestamp();
        await using var command = connection.Command(
            FromFacts, Traffic.Company.CompanyId, Traffic.Company.Zone, Seed.From, Seed.Until);
        command.CommandTimeout = 0;
        var rows = await command.ListAsync(
            row => (Communications: row.GetInt64(2), Calls: row.GetInt64(3), Talk: row.GetInt64(4)), stop);
        var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        var (calls, all) = (rows.Sum(r => r.Calls), rows.Sum(r => r.Communications));
        Rig.Tell($"one SQL GROUP BY over the facts: {took:F0} ms, {rows.Count} rows, {Rig.Number(calls)} calls, "
            + $"{Rig.Number(all - calls)} messages, {Rig.Number(rows.Sum(r => r.Talk))} s of talk");
        return took;
    }
}
