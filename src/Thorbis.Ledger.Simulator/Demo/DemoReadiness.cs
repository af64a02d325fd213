using System.Diagnostics;
using NodaTime;
using NodaTime.Text;
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
    /// <param name="reached">Told when the oldest webhook that is still pending was received.</param>
    /// <returns>False when it took longer than ten minutes.</returns>
    public static async Task<bool> CaughtUpAsync(
        LedgerSession operators, Action<Instant> reached, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < BacklogPatience)
        {
            if (await OldestPendingAsync(operators, stop) is { } oldest)
            {
                reached(oldest);
            }
            else if (await NotReadyAsync(operators, stop) is null)
            {
                return true;
            }
            await Task.Delay(Pause, stop);
        }
        return false;
    }

    private static async Task<Instant?> OldestPendingAsync(LedgerSession operators, CancellationToken stop)
    {
        var page = await operators.GetAsync("/api/v1/operator/quarantine?state=pending&limit=1", stop);
        return page.OrThrow().Items is [var first] && LedgerReply.Text(first, "receivedAt") is { } receivedAt
            ? InstantPattern.ExtendedIso.Parse(receivedAt).GetValueOrThrow()
            : null;
    }

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
