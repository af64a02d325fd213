using System.Diagnostics;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Simulator.Webhooks;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>From sending a webhook, 100 a second, to the first answer of <c>GET /usage</c> that counts it.</summary>
/// <remarks>The answer's <c>asOf</c> is the last fact it counts, read in one statement with the sums.</remarks>
internal static class LagBench
{
    private const int PerSecond = 100;
    private const int WarmUpSeconds = 5;
    private const string Path = "/api/v1/usage?by=month";

    private const string SequenceOfEvents = """
        select e.event_id, max(f.seq_id)
        from intake.entry e join ledger.mt_events f on f.causation_id = e.journal_id::text
        group by e.event_id
        """;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await LedgerAtHand.EmptyAsync(rig, "bench_lag", stop);
        var key = await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        using var asking = new Asking(server.Url, key);
        var seconds = Math.Min(rig.Ask.Seconds, 30);
        await RunAsync(rig, server, asking, ledger, WarmUpSeconds, seed: 7, stop);
        var lags = await RunAsync(rig, server, asking, ledger, seconds, seed: 8, stop);
        Rig.Tell($"{lags.Length} webhooks at {PerSecond}/s, POST to visible in GET /usage, which is asked "
            + $"without pause: p50 {Figures.At(0.5, lags):F0} ms, p99 {Figures.At(0.99, lags):F0} ms, "
            + $"most {lags[^1]:F0} ms");
        return new()
        {
            PerSecond = PerSecond,
            P50Ms = Figures.At(0.5, lags),
            P99Ms = Figures.At(0.99, lags),
            Seconds = seconds,
        };
    }

    /// <returns>Milliseconds, sorted.</returns>
    private static async Task<double[]> RunAsync(
        Rig rig, ChildServer server, Asking asking, LedgerAtHand ledger, int seconds, ulong seed,
        CancellationToken stop)
    {
        var signed = Signed.All(Traffic.Recent(PerSecond * seconds, seed, rig.Clock), rig.Clock);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var looking = LookAsync(asking, done.Token);
        var sent = await SendAsync(rig, server, signed, stop);
        await CatchUp.WaitAsync(ledger.Owner, stop);
        await Task.Delay(TimeSpan.FromMilliseconds(500), stop);
        await done.CancelAsync();
        var seen = await looking;
        await using var command = ledger.Owner.Command(SequenceOfEvents);
        var sequences = (await command.ListAsync(row => (Id: row.GetString(0), Sequence: row.GetInt64(1)), stop))
            .ToDictionary(row => row.Id, row => row.Sequence);
        return
        [
            .. signed.Select((webhook, i) => (Sent: sent[i], Sequence: sequences.GetValueOrDefault(webhook.EventId)))
                .Where(w => w.Sequence > 0)
                .Select(w => Stopwatch.GetElapsedTime(w.Sent, FirstSeen(seen, w.Sequence)).TotalMilliseconds).Order(),
        ];
    }

    /// <summary>Posts each at its time, whether or not the ones before are answered.</summary>
    /// <returns>When each was sent.</returns>
    private static async Task<long[]> SendAsync(Rig rig, ChildServer server, Signed[] signed, CancellationToken stop)
    {
        using var signer = WebhookSigner.Development();
        using var client = new WebhookClient(
            new Uri(server.Url, "/webhooks/telnyx"), signer, rig.Clock, rig.Ask.Connections);
        var (sent, answers) = (new long[signed.Length], new Task<WebhookAnswer>[signed.Length]);
        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < signed.Length; i++)
        {
            var early = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(since);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, stop);
            }
            sent[i] = Stopwatch.GetTimestamp();
            answers[i] = client.PostAsync(signed[i].Body, signed[i].Signature, stop);
        }
        var refused = (await Task.WhenAll(answers)).Count(answer => answer.Status != 200);
        return refused == 0 ? sent : throw new InvalidOperationException($"{refused} webhooks were refused.");
    }

    /// <returns>The place in the ledger that each answer stands at, and when it was there.</returns>
    private static async Task<List<(long AsOf, long At)>> LookAsync(Asking asking, CancellationToken stop)
    {
        var seen = new List<(long, long)>();
        try
        {
            while (true)
            {
                var asOf = (await asking.GetAsync(Path, stop)).GetProperty("asOf").GetInt64();
                seen.Add((asOf, Stopwatch.GetTimestamp()));
                await Task.Delay(1, stop);
            }
        }
        catch (OperationCanceledException)
        {
            return seen;
        }
    }

    private static long FirstSeen(List<(long AsOf, long At)> seen, long sequence)
    {
        var (low, high) = (0, seen.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = seen[middle].AsOf >= sequence ? (low, middle) : (middle + 1, high);
        }
        return seen[low].At;
    }
}
