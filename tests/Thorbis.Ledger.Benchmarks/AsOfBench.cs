using System.Diagnostics;
using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>The whole configuration of a company of 10,000 configuration facts, at instants from the first on and as
/// known at several, over HTTP; against reading and folding the facts anew for every answer.</summary>
internal static class AsOfBench
{
    private const int Facts = 10_000;
    private const int Asked = 100;

    /// <summary>A server that has just started still compiles what it runs.</summary>
    private const int AskedBefore = 60;

    private const string ByCommands = """
        select seq_id, stream_id, type, data::text from ledger.mt_events
        where tenant_id = $1 and causation_id is null order by seq_id
        """;

    public static async Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        await using var ledger = await LedgerAtHand.EmptyAsync(rig, "bench_asof", stop);
        var key = await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
        await FillAsync(ledger, stop);
        await using var server = await Rig.StartLedgerAsync(ledger.Database, stop);
        using var asking = new Asking(server.Url, key);
        var since = Stopwatch.GetTimestamp();
        var first = await asking.GetAsync(Questions()[0], stop);
        Rig.Tell($"the first answer after the start: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} ms");
        await server.QuietAsync(stop);
        var (medians, slowest) = (new List<double>(), 0.0);
        foreach (var question in Questions())
        {
            var (median, most) = await AskAsync(asking, question, stop);
            medians.Add(median);
            slowest = Math.Max(slowest, most);
        }
        var (ours, other) = (medians.Max(), await NaiveAsync(ledger, first, stop));
        return new() { Ratio = other / ours, Ours = ours, Other = other, P50Ms = ours, P99Ms = slowest };
    }

    /// <summary>The last instant, the middle, the first one and one before all, each as known now, then and
    /// between.</summary>
    private static string[] Questions()
    {
        var (first, last) = (ConfigurationSeed.From, ConfigurationSeed.Until);
        var (middle, early) = (first + ((last - first) / 2), first + ((last - first) / 4));
        Instant[] instants = [last, middle, first, first - Duration.FromDays(1)];
        string[] known =
        [
            "", $"&knownAt={last - Duration.FromDays(1)}", $"&knownAt={middle}", $"&knownAt={early}",
            $"&knownSeq={Facts / 3}",
        ];
        return [.. instants.SelectMany(at => known.Select(k => $"/api/v1/as-of?at={at}{k}"))];
    }

    private static async Task FillAsync(LedgerAtHand ledger, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        foreach (var chunk in ConfigurationSeed.Play(Facts).Chunk(500))
        {
            await using var session = ledger.Store.LightweightSession(Traffic.Company.CompanyId);
            foreach (var stream in chunk.GroupBy(told => told.Stream))
            {
                session.Events.Append(stream.Key, stream.Select(told => told.Fact));
            }
            await session.SaveChangesAsync(stop);
        }
        // As commands would have come one by one: the ledger's order is that of time.
        await ledger.ExecuteAsync("""
            update ledger.mt_events e set seq_id = -o.place
            from (select seq_id, row_number() over (order by (data->>'occurredAt')::timestamptz, seq_id) as place
                  from ledger.mt_events) o
            where e.seq_id = o.seq_id
            """, stop);
        await ledger.ExecuteAsync("update ledger.mt_events set seq_id = -seq_id", stop);
        await ledger.ExecuteAsync("vacuum analyze", stop);
        Rig.Tell($"{Rig.Number(await ledger.CountAsync("ledger.mt_events", stop))} facts in "
            + $"{Stopwatch.GetElapsedTime(since).TotalSeconds:F0} s");
    }

    private static async Task<(double Median, double Slowest)> AskAsync(
        Asking asking, string question, CancellationToken stop)
    {
        var (milliseconds, length) = (new double[Asked], 0L);
        for (var i = -AskedBefore; i < Asked; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await using var answer = await asking.StreamAsync(question, stop);
            length = await LengthAsync(answer, stop);
            if (i >= 0)
            {
                milliseconds[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            }
        }
        Array.Sort(milliseconds);
        var median = Figures.At(0.5, milliseconds);
        Rig.Tell($"GET {question}: p50 {median:F1} ms, slowest {milliseconds[^1]:F1} ms, {length / 1000} kB");
        return (median, milliseconds[^1]);
    }

    private static async Task<long> LengthAsync(Stream answer, CancellationToken stop)
    {
        var (buffer, length) = (new byte[65_536], 0L);
        for (int read; (read = await answer.ReadAsync(buffer, stop)) > 0;)
        {
            length += read;
        }
        return length;
    }

    /// <summary>Reads, parses and folds all facts, with nothing kept from before.</summary>
    /// <param name="answered">By the server, of the last instant: its rules must be those of the fold.</param>
    /// <returns>Milliseconds, the median of some.</returns>
    private static async Task<double> NaiveAsync(LedgerAtHand ledger, JsonElement answered, CancellationToken stop)
    {
        var milliseconds = new double[11];
        for (var i = 0; i < milliseconds.Length; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await using var command = ledger.Owner.Command(ByCommands, Traffic.Company.CompanyId);
            var facts = await command.ListAsync(
                row => (Stream: row.GetString(1), Fact: (Fact)JsonSerializer.Deserialize(
                    row.GetString(3), FactCatalogue.TypeOf(row.GetString(2)), LedgerJson.Options)!), stop);
            var book = new RuleBookHistory([.. facts.Select(told => told.Fact).OfType<RuleBookFact>()])
                .InForce(ConfigurationSeed.Until);
            milliseconds[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            Compare(book, answered.GetProperty("rules"));
        }
        Array.Sort(milliseconds);
        Rig.Tell($"reading and folding all of it anew: {Figures.At(0.5, milliseconds):F1} ms");
        return Figures.At(0.5, milliseconds);
    }

    private static void Compare(RuleBook book, JsonElement answered)
    {
        var rules = answered.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetGuid());
        if (!rules.SequenceEqual(book.Rules.Select(rule => rule.Id))
            || answered.GetProperty("blocked").GetArrayLength() != book.Blocked.Count)
        {
            throw new InvalidOperationException("The answer is not the fold of the facts.");
        }
    }
}
