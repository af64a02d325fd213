using NodaTime;

namespace Thorbis.Ledger.Domain.Notifications;

/// <summary>When what could not be delivered is tried again: eight attempts within about a day.</summary>
public static class Backoff
{
    private static readonly Duration[] Waits =
    [
        Duration.FromSeconds(5), Duration.FromMinutes(5), Duration.FromMinutes(30), Duration.FromHours(2),
        Duration.FromHours(5), Duration.FromHours(8), Duration.FromHours(10),
    ];

    /// <summary>How long after the failure of an attempt the next one comes; null when it was the last.</summary>
    /// <param name="attempts">Made so far, 1 after the first.</param>
    public static Duration? After(int attempts) => attempts <= Waits.Length ? Waits[attempts - 1] : null;
}
