using System.Diagnostics;
using Npgsql;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>Every row of calls.csv over HTTP, against COPY of the same columns of the same rows.</summary>
internal static class CsvBench
{
    private const int Rounds = 2;
    private const string Path = "/api/v1/exports/calls.csv";

    private const string Copy = """
        copy (
          select call_id, usage_at, direction, internal, number, party, answered_at, ended_at, outcome,
                 talk_microseconds, ring_microseconds, billable_seconds, carrier_cost, carrier_currency,
                 carrier_billed_seconds, billed_unanswered, hangup_cause, hangup_source, legs, recordings
          from ledger.call where tenant_id = 'company-1' order by usage_at desc, call_id desc
        ) to stdout (format csv, header)
        """;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await Ledgers.OfMonthAsync(rig, stop);
        await new Copies(ledger).CallsAsync(rig.Ask.Communications, stop);
        var rows = await ledger.CountAsync("ledger.call", stop);
        var key = await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        using var asking = new Asking(server.Url, key);
        // The first file is small: what every first request loads is no growth of this one.
        await ReadAsync(await asking.StreamAsync($"{Path}?from=2026-09-01&to=2026-09-02", stop), stop);
        var before = server.ResidentMb;
        var (others, ours, most) = (new List<double>(), new List<double>(), before);
        for (var round = 0; round < Rounds; round++)
        {
            others.Add(await CopyAsync(ledger.Owner, rows, stop));
            using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var watching = server.WatchAsync(done.Token);
            ours.Add(await ExportAsync(asking, rows, stop));
            await done.CancelAsync();
            most = Math.Max(most, await watching);
        }
        Rig.Tell($"resident memory of the server: {before:F0} MB before, {most:F0} MB at most, "
            + $"{server.ResidentMb:F0} MB after");
        var (our, other) = (rows / ours.Min(), rows / others.Min());
        return new()
        {
            Ratio = our / other,
            Ours = our,
            Other = other,
            PerSecond = our,
            RssMb = most - before,
            Seconds = ours.Min(),
        };
    }

    private static async Task<double> CopyAsync(NpgsqlDataSource database, long rows, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        await using var connection = await database.OpenConnectionAsync(stop);
        using var copy = (StreamReader)await connection.BeginTextExportAsync(Copy, stop);
        // Its bytes as they come: decoding them would hold the baseline back.
        var (_, bytes) = await ReadAsync(copy.BaseStream, stop);
        return Told("COPY", rows, bytes, since);
    }

    private static async Task<double> ExportAsync(Asking asking, long rows, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        await using var file = await asking.StreamAsync($"{Path}?from=2000-01-01&to=2100-01-01", stop);
        var (lines, bytes) = await ReadAsync(file, stop);
        return lines == rows + 1
            ? Told("calls.csv", rows, bytes, since)
            : throw new InvalidOperationException($"calls.csv has {lines} lines for {rows} calls.");
    }

    private static double Told(string what, long rows, long bytes, long since)
    {
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        Rig.Tell($"{what}: {Rig.Number(rows)} rows, {bytes / 1e6:F0} MB in {seconds:F2} s: "
            + $"{Rig.Number(rows / seconds)}/s");
        return seconds;
    }

    internal static async Task<(long Lines, long Bytes)> ReadAsync(Stream stream, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        var (lines, bytes) = (0L, 0L);
        for (int read; (read = await stream.ReadAsync(buffer, stop)) > 0; bytes += read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        return (lines, bytes);
    }
}
