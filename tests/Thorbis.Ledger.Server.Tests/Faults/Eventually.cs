namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>Waits for what other processes bring about, never for ever.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again and again until the answer is null, and fails with the last answer at the limit.</summary>
    /// <param name="missing">What is still missing; null when nothing is.</param>
    public static async Task SettlesAsync(Func<Task<string?>> missing, TimeSpan limit, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Between);
        var since = TimeProvider.System.GetTimestamp();
        while (await missing() is { } why)
        {
            if (TimeProvider.System.GetElapsedTime(since) > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds} s: {why}");
            }
            await timer.WaitForNextTickAsync(stop);
        }
    }
}
