using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Calls;

/// <summary>One call as lists show it.</summary>
/// <param name="CallId">Telnyx's call session id.</param>
/// <param name="Direction"><c>incoming</c> or <c>outgoing</c>; null until a leg's start is known.</param>
/// <param name="Status"><c>in_progress</c>, <c>ended</c>, or <c>end_unknown</c> after 4 hours without a word.</param>
/// <param name="Outcome">Null until the call has ended.</param>
/// <param name="TalkSeconds">To the microsecond; 0 until ended.</param>
/// <param name="RingSeconds">To the microsecond; 0 until known.</param>
/// <param name="BillableSeconds">Whole seconds: every answered leg, rounded up on its own.</param>
/// <param name="CarrierCost">As the carrier reported it; null until it did, or where it did in two currencies.</param>
/// <param name="CarrierBilledSeconds">As the carrier reported it.</param>
/// <param name="BilledUnanswered">Billed by the carrier though nobody answered.</param>
/// <param name="WaitSeconds">To the bridge, the hang-up or the greeting; null where no wait is defined.</param>
/// <param name="QueueSeconds">Sum over the queues it left, as the carrier told.</param>
/// <param name="MenuKeys">Each single key the caller pressed in a menu, once.</param>
/// <param name="Origin">Where the other party's number comes from: <c>US-CA-415</c>, <c>DE</c>; null: unknown.</param>
public sealed record CallRow(
    string CallId, string Status, string? Direction, string? Number, string? Party, bool Internal, Instant UsageAt,
    Instant? AnsweredAt, Instant? EndedAt, Instant LastFactAt, string? Outcome, decimal TalkSeconds,
    decimal RingSeconds, long BillableSeconds, Money? CarrierCost, long? CarrierBilledSeconds, bool BilledUnanswered,
    string? HangupCause, string? HangupSource, int Legs, int Recordings, decimal? WaitSeconds, long? QueueSeconds,
    string MenuKeys, string? Origin)
{
    /// <summary>How many <see cref="Columns"/> there are: the place of what a statement reads after them.</summary>
    public const int ColumnCount = 25;

    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Columns = """
        call_id, direction, number, party, internal, usage_at, answered_at, ended_at, last_fact_at, outcome,
        talk_microseconds, ring_microseconds, billable_seconds, carrier_cost, carrier_currency, carrier_billed_seconds,
        billed_unanswered, hangup_cause, hangup_source, legs, recordings, wait_microseconds, queue_seconds, menu_keys,
        origin
        """;

    public static CallRow Read(NpgsqlDataReader row, Instant now)
    {
        var endedAt = row.Value<Instant>(7);
        var lastFactAt = row.GetFieldValue<Instant>(8);
        return new(
            row.GetString(0), CallProgress.Of(endedAt, lastFactAt, now), row.Text(1), row.Text(2), row.Text(3),
            row.GetBoolean(4), row.GetFieldValue<Instant>(5), row.Value<Instant>(6), endedAt, lastFactAt, row.Text(9),
            row.GetInt64(10) / 1_000_000m, row.GetInt64(11) / 1_000_000m, row.GetInt64(12), row.Money(13),
            row.Value<long>(15), row.GetBoolean(16), row.Text(17), row.Text(18), row.GetInt32(19), row.GetInt32(20),
            row.Value<long>(21) / 1_000_000m, row.Value<long>(22), row.GetString(23), row.Text(24));
    }

    public static string[] Key(CallRow row) => [PageAsk.Key(row.UsageAt), row.CallId];
}
