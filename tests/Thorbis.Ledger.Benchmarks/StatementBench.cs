using System.Diagnostics;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>A month of a million lines closed and its file taken away.</summary>
internal static class StatementBench
{
    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await Ledgers.OfCostsAsync(rig, stop);
        // Closed months never reopen: what an earlier run has closed is taken out past the server.
        await ledger.ExecuteAsync("delete from ledger.statement; delete from ledger.statement_piece", stop);
        await ledger.ExecuteAsync("delete from ledger.cost_line where service = 'number_month'", stop);
        await ledger.ExecuteAsync(
            "delete from ledger.mt_events where stream_id like 'statement/%'; "
            + "delete from ledger.mt_streams where id like 'statement/%'", stop);
        var key = await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        await ledger.ExecuteAsync("update platform.number_ownership set confirmed_at = null", stop);
        var lines = await ledger.CountAsync("ledger.cost_line", stop);
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        await server.QuietAsync(stop);
        using var asking = new Asking(server.Url, key);
        await asking.GetAsync("/api/v1/statements", stop);
        var before = server.ResidentMb;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = server.WatchAsync(done.Token);
        var since = Stopwatch.GetTimestamp();
        await asking.PostAsync("/api/v1/statements/2026-09/close", JsonContent.Create(new { }), stop);
        var closed = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await using var file = await asking.StreamAsync("/api/v1/statements/2026-09/lines.csv", stop);
        var (rows, bytes) = await CsvBench.ReadAsync(file, stop);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await done.CancelAsync();
        var most = Math.Max(before, await watching);
        Rig.Tell($"{Rig.Number(rows - 1)} of {Rig.Number(lines)} lines, {bytes / 1e6:F0} MB: closed in {closed:F1} s, "
            + $"taken in {seconds - closed:F1} s; resident memory {before:F0} MB before, {most:F0} MB at most");
        return new() { Seconds = seconds, PerSecond = rows / seconds, RssMb = most - before };
    }
}
