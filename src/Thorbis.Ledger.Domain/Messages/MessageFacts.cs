using NodaTime;

namespace Thorbis.Ledger.Domain.Messages;

/// <summary>A fact of one message; stream <c>message/{message id}</c>.</summary>
/// <param name="OccurredAt">The carrier's instant.</param>
/// <param name="Report">The message as it stood at that instant.</param>
public abstract record MessageFact(Instant OccurredAt, MessageReport Report) : Fact(OccurredAt);

/// <summary>A message came in for one of the company's numbers.</summary>
public sealed record MessageReceived(Instant OccurredAt, MessageReport Report) : MessageFact(OccurredAt, Report);

/// <summary>The carrier's gateway took a message of the company.</summary>
public sealed record MessageSent(Instant OccurredAt, MessageReport Report) : MessageFact(OccurredAt, Report);

/// <summary>The carrier told of a delivery before, or instead of, the final report.</summary>
public sealed record MessageDelivered(Instant OccurredAt, MessageReport Report) : MessageFact(OccurredAt, Report);

/// <summary>The carrier's last word on a message; a repeated one corrects it.</summary>
public sealed record MessageFinalized(Instant OccurredAt, MessageReport Report) : MessageFact(OccurredAt, Report);

/// <summary>The recipient opened a message (RCS).</summary>
public sealed record MessageRead(Instant OccurredAt, MessageReport Report) : MessageFact(OccurredAt, Report);

public enum MessageDirection
{
    Incoming,
    Outgoing,
}

/// <summary>What one webhook says of a message.</summary>
/// <param name="Type">Open set, upper case: SMS, MMS, RCS …</param>
/// <param name="To">
/// Every recipient the company may see: on an incoming message, numbers of other companies are left out.
/// </param>
/// <param name="Parts">Segments of one recipient's copy; 0 when not told.</param>
/// <param name="ReceivedAt">When Telnyx had it: from the network if incoming, from its sender if outgoing.</param>
/// <param name="Cost">All recipients and the carrier's fee; null until the carrier tells.</param>
public sealed record MessageReport(
    MessageDirection Direction, string Type, string From, IReadOnlyList<MessageRecipient> To,
    IReadOnlyList<string> Cc, string? Text, string? Subject, IReadOnlyList<MessageMedia> Media, string? Encoding,
    int Parts, Money? Cost, Money? CarrierFee, IReadOnlyList<MessageError> Errors, Instant? ReceivedAt,
    Instant? SentAt, Instant? CompletedAt, string? ProfileId, IReadOnlyList<string> Tags);

/// <param name="Number">E.164, or a short code.</param>
/// <param name="Status">Open set: queued, sending, sent, delivered, sending_failed, delivery_failed …</param>
/// <param name="Own">The number belonged to the company when the message came.</param>
public sealed record MessageRecipient(string Number, string? Status, string? Carrier, string? LineType, bool Own);

/// <param name="Bytes">Size, as told.</param>
public sealed record MessageMedia(string Url, string? ContentType, long? Bytes, string? Sha256);

public sealed record MessageError(string Code, string? Title, string? Detail);
