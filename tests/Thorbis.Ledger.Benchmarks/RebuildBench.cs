using System.Diagnostics;
using Npgsql;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>Calls, messages and usage rebuilt from their facts, over a bare scan of the same facts.</summary>
internal static class RebuildBench
{
    private const int Scans = 3;

    private const string Scan = """
        select seq_id, id, stream_id, version, data::text, type, timestamp, tenant_id, causation_id
        from ledger.mt_events order by seq_id
        """;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await Ledgers.OfFactsAsync(rig, rig.Ask.Facts, stop);
        var facts = await ledger.CountAsync("ledger.mt_events", stop);
        var scans = new List<TimeSpan>();
        for (var i = 0; i < Scans; i++)
        {
            scans.Add(await ScanAsync(ledger.Owner, stop));
        }
        // The best scan against the one rebuild.
        var other = facts / scans.Min().TotalSeconds;
        var seconds = string.Join(", ", scans.Select(s => $"{s.TotalSeconds:F2} s"));
        Rig.Tell($"bare scan of {Rig.Number(facts)} facts: {seconds}; best {Rig.Number(other)}/s");
        var took = await Ledgers.RebuildAsync(ledger, stop);
        var ours = facts / took.TotalSeconds;
        Rig.Tell($"rebuilt in {took.TotalSeconds:F1} s: {Rig.Number(ours)}/s; "
            + $"{Rig.Number(await ledger.CountAsync("ledger.call", stop))} calls, "
            + $"{Rig.Number(await ledger.CountAsync("ledger.message", stop))} messages, "
            + $"{Rig.Number(await ledger.CountAsync("ledger.usage_bucket", stop))} usage rows");
        return new()
        {
            Ratio = ours / other,
            Ours = ours,
            Other = other,
            PerSecond = ours,
            Seconds = took.TotalSeconds,
        };
    }

    private static async Task<TimeSpan> ScanAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        await using var command = database.CreateCommand(Scan);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        var values = new object[rows.FieldCount];
        while (await rows.ReadAsync(stop))
        {
            rows.GetValues(values);
        }
        return Stopwatch.GetElapsedTime(since);
    }
}
