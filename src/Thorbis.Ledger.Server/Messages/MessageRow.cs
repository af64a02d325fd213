using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Messages;

/// <summary>One message as lists show it.</summary>
/// <param name="MessageId">Telnyx's message id.</param>
/// <param name="Direction"><c>incoming</c> or <c>outgoing</c>.</param>
/// <param name="Type">Upper case: SMS, MMS, RCS …</param>
/// <param name="Status">received, queued, sent, delivered, partly, failed or unconfirmed.</param>
/// <param name="Numbers">The company's numbers: the sender if outgoing, the owned recipients if incoming.</param>
/// <param name="Party">The other side: the sender if incoming, the first recipient if outgoing.</param>
/// <param name="Recipients">All that the company may see.</param>
/// <param name="Parts">Segments of one recipient's copy.</param>
/// <param name="BillableParts">Parts times recipients if outgoing.</param>
/// <param name="BillableMedia">Media times recipients if outgoing.</param>
/// <param name="CarrierCost">As the carrier reported it; null until it did.</param>
public sealed record MessageRow(
    string MessageId, string Direction, string Type, string Status, IReadOnlyList<string> Numbers, string? Party,
    IReadOnlyList<string> Recipients, Instant UsageAt, Instant? SentAt, Instant? CompletedAt, Instant LastFactAt,
    int Parts, long BillableParts, long BillableMedia, Money? CarrierCost)
{
    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Columns = """
        message_id, direction, type, status, numbers, party, recipients, usage_at, sent_at, completed_at, last_fact_at,
        parts, billable_parts, billable_media, carrier_cost, carrier_currency
        """;

    public static MessageRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), List(row, 4),
        row.Text(5), List(row, 6), row.GetFieldValue<Instant>(7), row.Value<Instant>(8),
        row.Value<Instant>(9), row.GetFieldValue<Instant>(10), row.GetInt32(11), row.GetInt64(12), row.GetInt64(13),
        row.Money(14));

    public static string[] Key(MessageRow row) => [PageAsk.Key(row.UsageAt), row.MessageId];

    private static string[] List(NpgsqlDataReader row, int column) =>
        row.GetString(column).Split(',', StringSplitOptions.RemoveEmptyEntries);
}
