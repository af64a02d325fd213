using System.Diagnostics;
using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>Seeded ledgers, kept for the benches and runs to come while the server's build stays the same.</summary>
internal static class Ledgers
{
    /// <summary>Most facts that are simulated one by one; more are made by copying.</summary>
    private const int Simulated = 250_000;

    private static readonly TimeSpan RebuildLimit = TimeSpan.FromHours(2);

    private static readonly string Prefix =
        $"seed_{typeof(LedgerStore).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8]}_";

    /// <summary>Drops what another build has seeded.</summary>
    public static async Task DropStaleAsync(Rig rig, CancellationToken stop)
    {
        var names = await rig.DatabasesAsync(stop);
        foreach (var name in names.Where(name => name.StartsWith("seed_", StringComparison.Ordinal)
            && !name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            await rig.DropAsync(name, stop);
        }
    }

    /// <summary>A ledger of facts; its read models may be there or not.</summary>
    public static Task<LedgerAtHand> OfFactsAsync(Rig rig, int facts, CancellationToken stop) =>
        OpenAsync(rig, $"facts_{facts}", ledger => new Seed(ledger).FactsAsync(facts, stop), stop);

    /// <summary>A month with as many calls and messages as asked for, and its read models.</summary>
    public static Task<LedgerAtHand> OfMonthAsync(Rig rig, CancellationToken stop) => OpenAsync(
        rig, $"month_{rig.Ask.Communications}",
        async ledger =>
        {
            await WithViewsAsync(ledger, Math.Min(Simulated, rig.Ask.Communications), stop);
            var made = await ledger.CountAsync("ledger.mt_streams", stop);
            await new Copies(ledger).MultiplyAsync((int)((rig.Ask.Communications + made - 1) / made), stop);
        },
        stop);

    /// <summary>As many rows of calls and messages, and no more facts than were simulated.</summary>
    public static Task<LedgerAtHand> OfRowsAsync(Rig rig, CancellationToken stop) => OpenAsync(
        rig, $"rows_{rig.Ask.Communications}",
        async ledger =>
        {
            await WithViewsAsync(ledger, Math.Min(Simulated, rig.Ask.Communications), stop);
            await new Copies(ledger).RowsAsync(rig.Ask.Communications, stop);
        },
        stop);

    /// <summary>A ledger of facts with its read models and the rows of its journal.</summary>
    public static Task<LedgerAtHand> WholeAsync(Rig rig, int facts, CancellationToken stop) => OpenAsync(
        rig, $"whole_{facts}",
        async ledger =>
        {
            var simulated = Math.Min(Simulated, facts);
            await WithViewsAsync(ledger, simulated, stop);
            await new Copies(ledger).MultiplyAsync(facts / simulated, stop);
            await new Copies(ledger).JournalAsync(stop);
        },
        stop);

    /// <summary>A month's cost ledger, of as many lines as communications are asked for or more.</summary>
    public static Task<LedgerAtHand> OfCostsAsync(Rig rig, CancellationToken stop) => OpenAsync(
        rig, $"costs_{rig.Ask.Communications}",
        async ledger =>
        {
            await ledger.AddCompanyAsync(Traffic.Company, rig.Clock.GetCurrentInstant(), stop);
            await new Seed(ledger).FactsAsync(Math.Min(Simulated, rig.Ask.Communications), stop);
            await PassAsync(ledger, CommunicationsProjection.ProjectionName, stop);
            var took = await RebuildAsync(ledger, stop, CostsProjection.ProjectionName);
            var facts = await ledger.CountAsync("ledger.mt_events", stop);
            var lines = await ledger.CountAsync("ledger.cost_line", stop);
            Rig.Tell($"{Rig.Number(lines)} cost lines of {Rig.Number(facts)} facts in {took.TotalSeconds:F1} s: "
                + $"{Rig.Number(facts / took.TotalSeconds)} facts/s");
            await new Copies(ledger).CostsAsync((int)((rig.Ask.Communications + lines - 1) / lines), stop);
        },
        stop);

    /// <summary>Builds a projection's read models from the first fact on.</summary>
    public static async Task<TimeSpan> RebuildAsync(
        LedgerAtHand ledger, CancellationToken stop, string projection = CommunicationsProjection.ProjectionName)
    {
        using var daemon = await ledger.Store.BuildProjectionDaemonAsync();
        var since = Stopwatch.GetTimestamp();
        await daemon.RebuildProjectionAsync(projection, RebuildLimit, stop);
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task WithViewsAsync(LedgerAtHand ledger, int facts, CancellationToken stop)
    {
        await new Seed(ledger).FactsAsync(facts, stop);
        Rig.Tell($"read models built in {(await RebuildAsync(ledger, stop)).TotalSeconds:F0} s");
        // What these ledgers are asked has nothing to do with costs, and a server would make them first of all.
        await PassAsync(ledger, CostsProjection.ProjectionName, stop);
    }

    /// <summary>Lets a projection believe that it has read everything.</summary>
    private static Task PassAsync(LedgerAtHand ledger, string projection, CancellationToken stop) =>
        ledger.ExecuteAsync("""
            insert into ledger.mt_event_progression (name, last_seq_id)
            select $1, max(seq_id) from ledger.mt_events
            on conflict (name) do update set last_seq_id = excluded.last_seq_id
            """, stop, $"{projection}:All");

    /// <summary>The kept ledger if it was filled to its end, else one filled now.</summary>
    private static async Task<LedgerAtHand> OpenAsync(
        Rig rig, string name, Func<LedgerAtHand, Task> fill, CancellationToken stop)
    {
        name = Prefix + name;
        var kept = await LedgerAtHand.OpenAsync(await rig.KeptAsync(name, stop), rig.Clock, stop);
        if (await kept.NumberAsync("select count(*) from pg_class where relname = 'bench_filled'", stop) > 0)
        {
            Rig.Tell($"database {name} is there from before");
            return kept;
        }
        await kept.DisposeAsync();
        var ledger = await LedgerAtHand.EmptyAsync(rig, name, stop);
        await fill(ledger);
        await ledger.ExecuteAsync("create table platform.bench_filled ()", stop);
        return ledger;
    }
}
