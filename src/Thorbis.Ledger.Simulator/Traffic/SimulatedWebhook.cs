using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>One webhook as the carrier would send it, unsigned.</summary>
/// <param name="Body">UTF-8 JSON, v2 shape; the bytes to sign and post.</param>
/// <param name="EventId"><c>data.id</c>; a redelivery repeats it.</param>
/// <param name="OccurredAt"><c>data.occurred_at</c>, whole microseconds (messages: milliseconds).</param>
/// <param name="DueAt">When the carrier sends it; the model yields in this order.</param>
/// <param name="Subject">The call session, message or order it is about.</param>
/// <param name="CompanyId">The company it is mainly about; null for numbers that nobody registered.</param>
/// <param name="Attempt">1; a redelivery has 2 in <c>meta.attempt</c> and the same <c>data</c>.</param>
public sealed record SimulatedWebhook(
    byte[] Body, string EventId, string EventType, Instant OccurredAt, Instant DueAt, string Subject,
    string? CompanyId, int Attempt)
{
    public bool IsRedelivery => Attempt > 1;
}
