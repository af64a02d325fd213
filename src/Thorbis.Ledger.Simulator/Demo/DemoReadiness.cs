using System.Diagnostics;
using System.Text.Json;
using Thorbis.Ledger.Simulator.Api;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>Waits, never for ever, until the ledger is where the demonstration needs it.</summary>
internal static class DemoReadiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BacklogPatience = TimeSpan.FromMinutes(10);

    /// <summary>Until <c>/health/ready</c> answers 200.</summary>
    /// <exception cref="LedgerRefusedException">It did not within two minutes; says the last answer.</exception>
    public static async Task StartedAsync(Uri url, CancellationToken stop)
    {
        using var anyone = new LedgerSession(url);
        var since = Stopwatch.GetTimestamp();
        while (await NotReadyAsync(anyone, stop) is { } why)
        {
            if (Stopwatch.GetElapsedTime(since) > StartPatience)
            {
                throw new LedgerRefusedException(
                    $"The ledger was not ready within {StartPatience.TotalSeconds} s: {why}");
            }
            await Task.Delay(Pause, stop);
        }
    }

    /// <summary>Until nothing is pending and the read models have caught up.</summary>
    /// <param name="pending">Told how many webhooks are still to be interpreted.</param>
    /// <returns>False when it took longer than ten minutes.</returns>
    public static async Task<bool> CaughtUpAsync(
        LedgerSession operators, Action<int> pending, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < BacklogPatience)
        {
            var left = await PendingAsync(operators, stop);
            pending(left);
            if (left == 0 && await NotReadyAsync(operators, stop) is null)
            {
                return true;
            }
            await Task.Delay(Pause, stop);
        }
        return false;
    }

    private static async Task<int> PendingAsync(LedgerSession operators, CancellationToken stop) =>
        (await operators.GetAsync("/api/v1/operator/backlog", stop)).OrThrow().Body is { } counts
        && counts.TryGetProperty("pending", out var count) && count.ValueKind == JsonValueKind.Number
            ? count.GetInt32()
            : 0;

    private static async Task<string?> NotReadyAsync(LedgerSession session, CancellationToken stop)
    {
        try
        {
            var reply = await session.GetAsync("/health/ready", stop);
            return reply.Status == 200 ? null : $"{reply.Request} answered {reply.Status}.";
        }
        catch (LedgerRefusedException away)
        {
            return away.Message;
        }
    }
}
