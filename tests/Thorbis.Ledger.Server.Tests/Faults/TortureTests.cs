using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using Thorbis.Ledger.Server.Tests.Billing;
using Thorbis.Ledger.Simulator.Traffic;
using Thorbis.Ledger.Simulator.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>Runs with nothing beside it: it loads the whole machine.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class FaultTests;

/// <summary>
/// Server and Postgres are killed while signed traffic comes in. <c>TORTURE_CYCLES</c>: how many kills, at least two;
/// <c>TORTURE_SEED</c>: repeats the traffic and the moments of a run.
/// </summary>
[Collection<FaultTests>]
public sealed class TortureTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int WebhooksPerCycle = 3_000;
    private const int WarmUp = 300;
    private const int Connections = 32;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan CycleLimit = TimeSpan.FromSeconds(120);
    private static readonly IClock Clock = TimeProvider.System.ToClock();

    private readonly PrivatePostgres postgres = new();
    private readonly WebhookSigner signer = WebhookSigner.Development();
    private readonly CancellationTokenSource stop =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private ServerProcess? server;

    public async ValueTask DisposeAsync()
    {
        server?.Dispose();
        await postgres.DisposeAsync();
        signer.Dispose();
        stop.Dispose();
    }

    [Fact]
    public async Task What_was_answered_200_is_in_the_journal_the_facts_and_the_figures_once_whatever_is_killed()
    {
        var cycles = Math.Max(2, (int)Setting("TORTURE_CYCLES", 3));
        var seed = (ulong)Setting("TORTURE_SEED", Random.Shared.NextInt64(1_000_000_000));
        stop.CancelAfter((CycleLimit * cycles) + (3 * SettleLimit));
        Say($"TORTURE_SEED={seed} TORTURE_CYCLES={cycles}");
        await StartAsync();
        using var client = new WebhookClient(new Uri(server!.Url, "/webhooks/telnyx"), signer, Clock, Connections);
        var sender = new PersistentSender(client);
        // Kills shall meet interpretation and projection at work, not before they began.
        await sender.SendAsync(TrafficModel.Play(Traffic(seed + 1, WarmUp)), stop.Token);
        await SettleAsync();

        await TormentAsync(sender, seed, cycles);
        await SettleAsync();

        await using var database = postgres.Open();
        var ledger = new Ledger(database, stop.Token);
        Assert.Empty(sender.Answers.Keys.Except([0, 200, 503]));
        await new JournalAudit(ledger).CheckAsync(sender.Taken);
        await new ReadModelAudit(ledger).CheckAsync(SimulatedCompany.Demonstration);
        Assert.Empty((await CostRecount.RunAsync(database, stop.Token)).Disagreements);
        await CheckRebuildAsync(ledger);
    }

    private async Task StartAsync()
    {
        await postgres.StartAsync(stop.Token);
        server = new(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__Ledger"] = postgres.Owner,
            ["ConnectionStrings__LedgerTenant"] = postgres.Tenant,
            ["Logging__LogLevel__Default"] = "Warning",
            // Interpretation goes on under load, so that it is killed, too.
            ["Intake__YieldMax"] = "00:00:00",
        });
        await server.StartAsync(stop.Token);
        await using var database = postgres.Open();
        foreach (var company in SimulatedCompany.Demonstration)
        {
            await new Ledger(database, stop.Token).AddAsync(company, Clock.GetCurrentInstant() - Duration.FromDays(60));
        }
        Say("started");
    }

    /// <summary>Sends everything, and kills once in each cycle's part of it.</summary>
    private async Task TormentAsync(PersistentSender sender, ulong seed, int cycles)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Task[] parts =
        [
            sender.SendAsync(TrafficModel.Play(Traffic(seed, cycles * WebhooksPerCycle)), either.Token),
            KillAsync(sender, new Random((int)(seed % int.MaxValue)), cycles, either.Token),
        ];
        await foreach (var part in Task.WhenEach(parts))
        {
            if (!part.IsCompletedSuccessfully)
            {
                await either.CancelAsync();
            }
        }
        await Task.WhenAll(parts.OrderByDescending(part => part.IsFaulted));
        Say("answered " + string.Join(", ", sender.Answers.Select(answer => $"{answer.Key}: {answer.Value}")));
    }

    private async Task KillAsync(PersistentSender sender, Random random, int cycles, CancellationToken token)
    {
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            // Not in its last part: there must be somebody left to be refused.
            var moment = WarmUp + (cycle * WebhooksPerCycle) + random.Next(1, WebhooksPerCycle * 3 / 4);
            await sender.ReachesAsync(200, moment, token);
            if (cycle % 2 == 1)
            {
                await server!.KillAsync(token);
                Say($"answer {moment}: server killed");
                await server.StartAsync(token);
            }
            else
            {
                await OutageAsync(sender, moment, random.Next(1, 200), token);
            }
            Say($"running again; {await StateAsync()}");
        }
    }

    /// <summary>The server stays up and refuses for now, until Postgres is back.</summary>
    private async Task OutageAsync(PersistentSender sender, int moment, int refusals, CancellationToken token)
    {
        var before = sender.AnsweredWith(503);
        var killed = await postgres.KillAsync(token);
        Say($"answer {moment}: Postgres killed, {killed} processes, until {refusals} answers of 503");
        await sender.ReachesAsync(503, before + refusals, token).WaitAsync(CycleLimit, token);
        await postgres.StartAsync(token);
        Assert.True(server!.Runs, $"The server ended with Postgres:\n{server.Log}");
    }

    private async Task<string> StateAsync()
    {
        await using var database = postgres.Open();
        return await new Ledger(database, stop.Token).UnsettledAsync() ?? "nothing is open";
    }

    private async Task SettleAsync()
    {
        await using var database = postgres.Open();
        await Eventually.SettlesAsync(new Ledger(database, stop.Token).UnsettledAsync, SettleLimit, stop.Token);
        Say("settled");
    }

    private async Task CheckRebuildAsync(Ledger ledger)
    {
        await server!.KillAsync(stop.Token);
        var before = await ledger.ReadModelsAsync();
        await server.RunAsync(stop.Token, "projections", "rebuild", "-p", "communications");
        await server.RunAsync(stop.Token, "projections", "rebuild", "-p", "costs");
        Assert.Equal(before, await ledger.ReadModelsAsync());
        before.ForEach(Say);
    }

    private static TrafficOptions Traffic(ulong seed, int webhooks) => new()
    {
        Seed = seed,
        Companies = SimulatedCompany.Demonstration,
        From = Clock.GetCurrentInstant() - Duration.FromHours(26),
        Until = Clock.GetCurrentInstant() - Duration.FromHours(2),
        Webhooks = webhooks,
        RedeliveredShare = 0.1,
        DisorderedShare = 0.3,
        Flat = true,
    };

    private void Say(string what) => output.WriteLine($"{Clock.GetCurrentInstant():HH:mm:ss.f} {what}");

    private static long Setting(string name, long otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
