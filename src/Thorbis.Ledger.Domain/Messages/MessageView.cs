using NodaTime;

namespace Thorbis.Ledger.Domain.Messages;

/// <summary>One message as one company sees it: the row of lists, exports and figures.</summary>
/// <param name="MessageId">Telnyx's message id.</param>
/// <param name="Numbers">The company's numbers: the sender if outgoing, the owned recipients if incoming.</param>
/// <param name="Party">The other side: the sender if incoming, the first recipient by number if outgoing.</param>
/// <param name="Recipients">Distinct, by number.</param>
/// <param name="UsageAt">
/// Received-at if incoming, else when Telnyx was handed it; the earliest fact where neither was told.
/// </param>
/// <param name="Status">Delivery word: received, queued, sent, delivered, partly, failed, unconfirmed.</param>
/// <param name="BillableParts">Parts times recipients if outgoing; parts if incoming.</param>
/// <param name="BillableMedia">Media times recipients if outgoing; media if incoming.</param>
public sealed record MessageView(
    string MessageId, MessageDirection Direction, string Type, IReadOnlyList<string> Numbers, string? Party,
    IReadOnlyList<MessageRecipient> Recipients, Instant UsageAt, Instant? SentAt, Instant? CompletedAt,
    Instant LastFactAt, string Status, int Parts, long BillableParts, long BillableMedia, Money? CarrierCost,
    string? Text, IReadOnlyList<MessageError> Errors);
