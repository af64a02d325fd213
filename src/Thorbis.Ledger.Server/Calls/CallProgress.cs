using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>Whether a call goes on, judged when asked: <see cref="CallView.PhaseAt"/> for rows.</summary>
public static class CallProgress
{
    /// <summary>In progress, as a condition; <c>?</c> is <see cref="Since"/>.</summary>
    public const string Condition = "ended_at is null and last_fact_at > ?";

    /// <summary>The outcome of an ended call; of others <c>in_progress</c> or <c>end_unknown</c>, as an
    /// expression.</summary>
    /// <param name="since">The parameter that holds <see cref="Since"/>.</param>
    public static string Status(string since) => $"""
        case when ended_at is not null then outcome
             when last_fact_at > {since} then 'in_progress' else 'end_unknown' end
        """;

    /// <summary>Calls without an end whose last fact is later than this are in progress.</summary>
    public static Instant Since(Instant now) => now - CallView.InProgressFor;

    /// <summary><c>in_progress</c>, <c>end_unknown</c> or <c>ended</c>.</summary>
    public static string Of(Instant? endedAt, Instant lastFactAt, Instant now) => Words.Of(
        endedAt is not null ? CallPhase.Ended
        : lastFactAt > Since(now) ? CallPhase.InProgress
        : CallPhase.EndUnknown);
}
