using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>One stay in a queue, told at its end.</summary>
/// <param name="At">When the queue was left.</param>
/// <param name="WaitSeconds">As told.</param>
public sealed record QueueWait(Instant At, string Queue, string? Reason, long? WaitSeconds) : IKeyed<QueueWait>
{
    string IKeyed<QueueWait>.Key => Registers.Content(At, Queue, Reason, WaitSeconds);

    QueueWait IKeyed<QueueWait>.Merge(QueueWait other) => this;
}
