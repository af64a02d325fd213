using System.Diagnostics;
using System.Text.Json;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>A month's costs by service and number over HTTP, against one SQL GROUP BY over the lines.</summary>
internal static class CostsBench
{
    private const int Asked = 100;

    /// <summary>A server that has just started still compiles what it runs.</summary>
    private const int AskedBefore = 100;

    private const string Month = "from=2026-09-01T00:00:00-04:00&to=2026-10-01T00:00:00-04:00";

    private const string FromLines = """
        select source, currency, service, number, count(*), sum(quantity), sum(amount)
        from ledger.cost_line where tenant_id = $1 and occurred_at >= $2 and occurred_at < $3
        group by source, currency, service, number
        """;

    private const string SumsOfLines = """
        select source, sum(amount) from ledger.cost_line
        where tenant_id = $1 and occurred_at >= $2 and occurred_at < $3 and seq <= $4
        group by source
        """;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await Ledgers.OfCostsAsync(rig, stop);
        var key = await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        var lines = await ledger.CountAsync("ledger.cost_line", stop);
        var last = await ledger.NumberAsync("select max(seq) from ledger.cost_line", stop);
        Rig.Tell($"{Rig.Number(lines)} cost lines, the last at place {Rig.Number(last)}");
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        await server.QuietAsync(stop);
        var other = await GroupAsync(ledger, stop);
        using var asking = new Asking(server.Url, key);
        var question = $"{Month}&by=service,number";
        var ours = await MedianAsync(asking, question, stop);
        await CheckAsync(await asking.GetAsync($"/api/v1/costs?{question}", stop), ledger, stop);
        string[] others =
        [
            $"{Month}&by=service&zone=Asia/Kolkata",
            $"{Month}&by=service,day&zone=Europe/Berlin",
            $"{Month}&by=service,number&asKnownSeq={last / 2}",
            $"{Month}&by=service,number&asKnownSeq={last - 1}",
            $"{Month}&by=day&asKnownSeq={last / 3}",
        ];
        var slowest = 0.0;
        foreach (var one in others)
        {
            slowest = Math.Max(slowest, await MedianAsync(asking, one, stop));
        }
        return new() { Ratio = other / ours, Ours = ours, Other = other, P50Ms = slowest };
    }

    /// <returns>Milliseconds, the better of two.</returns>
    private static async Task<double> GroupAsync(LedgerAtHand ledger, CancellationToken stop)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 2; round++)
        {
            await using var connection = await ledger.Owner.OpenConnectionAsync(stop);
            await using var memory = connection.Command("set work_mem = '256MB'");
            await memory.ExecuteNonQueryAsync(stop);
            var since = Stopwatch.GetTimestamp();
            await using var command = connection.Command(
                FromLines, Traffic.Company.CompanyId, Seed.From, Seed.Until);
            command.CommandTimeout = 0;
            var rows = await command.ListAsync(row => row.GetDecimal(6), stop);
            best = Math.Min(best, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            Rig.Tell($"one SQL GROUP BY over the lines: {best:F0} ms, {rows.Count} rows");
        }
        return best;
    }

    /// <summary>Totals are the sums of the lines up to the place that the answer stands at: a server that has just
    /// started still tells the months of numbers.</summary>
    private static async Task CheckAsync(JsonElement report, LedgerAtHand ledger, CancellationToken stop)
    {
        await using var connection = await ledger.Owner.OpenConnectionAsync(stop);
        await using var command = connection.Command(
            SumsOfLines, Traffic.Company.CompanyId, Seed.From, Seed.Until,
            report.GetProperty("asKnownSeq").GetInt64());
        var sums = (await command.ListAsync(row => (Source: row.GetString(0), Amount: row.GetDecimal(1)), stop))
            .ToDictionary(sum => sum.Source, sum => sum.Amount);
        foreach (var total in report.GetProperty("totals").EnumerateArray())
        {
            var (source, amount) = (total.GetProperty("source").GetString()!, total.GetProperty("amount").GetDecimal());
            if (amount != sums[source])
            {
                throw new InvalidOperationException($"{source} is {amount}, and {sums[source]} by its lines.");
            }
        }
    }

    private static async Task<double> MedianAsync(Asking asking, string question, CancellationToken stop)
    {
        var milliseconds = new double[Asked];
        for (var i = -AskedBefore; i < Asked; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await using var answer = await asking.StreamAsync($"/api/v1/costs?{question}", stop);
            await CsvBench.ReadAsync(answer, stop);
            if (i >= 0)
            {
                milliseconds[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            }
        }
        Array.Sort(milliseconds);
        var report = await asking.GetAsync($"/api/v1/costs?{question}", stop);
        var median = Figures.At(0.5, milliseconds);
        Rig.Tell($"GET /costs?{question}: p50 {median:F1} ms, p99 {Figures.At(0.99, milliseconds):F1} ms, "
            + $"{report.GetProperty("rows").GetArrayLength()} rows");
        return median;
    }
}
