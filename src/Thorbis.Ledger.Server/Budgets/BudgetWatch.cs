using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Budgets;

/// <summary>
/// Has a company's budgets evaluated when its costs change: within <see cref="Pace"/> of the word that the costs
/// projection sends in its transaction, and not more often. A slow sweep finds what no word reached, and looks at
/// the forecasts, which change without a word.
/// </summary>
/// <remarks>One LISTEN connection per node; every node evaluates, and the first to record a crossing wins.</remarks>
internal sealed class BudgetWatch(LedgerDatabase database, BudgetEvaluator evaluator, ILogger<BudgetWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);
    private readonly Lock _guard = new();
    private readonly HashSet<string> _changed = [];
    private readonly SemaphoreSlim _wake = new(0);

    private const string WatchedSql = """
        select distinct tenant_id from ledger.budget
        where not retired and ($1::text[] is null or tenant_id = any ($1))
        """;

    /// <summary>The costs of these companies changed, or their budgets.</summary>
    public void Changed(params IEnumerable<string> companies)
    {
        lock (_guard)
        {
            _changed.UnionWith(companies);
        }
        // One word is enough for all that came meanwhile.
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        ForeverAsync(ListenAsync, stoppingToken), ForeverAsync(FollowAsync, stoppingToken),
        ForeverAsync(SweepAsync, stoppingToken));

    /// <summary>A word while nobody listened is lost: what is connected again looks at everything.</summary>
    private async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        connection.Notification += (_, word) => Changed(word.Payload.Split(','));
        await using (var listen = connection.Command($"listen {CostsProjection.Channel}"))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }
        Changed(await WatchedAsync(null, stop));
        while (true)
        {
            await connection.WaitAsync(stop);
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        while (true)
        {
            await _wake.WaitAsync(stop);
            string[] changed;
            lock (_guard)
            {
                changed = [.. _changed];
                _changed.Clear();
            }
            try
            {
                foreach (var company in await WatchedAsync(changed, stop))
                {
                    await EvaluateAsync(company, forecasts: false, stop);
                }
            }
            catch
            {
                Changed(changed);
                throw;
            }
            await Task.Delay(Pace, stop);
        }
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(SweepInterval);
        do
        {
            foreach (var company in await WatchedAsync(null, stop))
            {
                await EvaluateAsync(company, forecasts: true, stop);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task<List<string>> WatchedAsync(string[]? companies, CancellationToken stop)
    {
        await using var command = database.Owner.Command(WatchedSql, companies as object);
        return await command.ListAsync(row => row.GetString(0), stop);
    }

    /// <summary>What goes wrong with one company's budgets is no matter of another's; the sweep tries again.</summary>
    private async Task EvaluateAsync(string company, bool forecasts, CancellationToken stop)
    {
        try
        {
            await evaluator.EvaluateAsync(company, forecasts, stop);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "The budgets of {Company} could not be evaluated; the sweep tries again.", company);
        }
    }

    private async Task ForeverAsync(Func<CancellationToken, Task> watch, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await watch(stop);
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(problem, "The watch over budgets was interrupted; it begins again.");
                await Task.Delay(Reconnect, stop);
            }
        }
    }
}
