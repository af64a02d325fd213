namespace Thorbis.Ledger.Domain.Messages;

/// <summary>What a folded message means; the words are those of docs/glossary.md.</summary>
internal static class MessageReading
{
    public static MessageView View(Message message, string messageId)
    {
        var content = message.Content;
        var incoming = content.Direction == MessageDirection.Incoming;
        var recipients = new MessageRecipient[message.Recipients.Count];
        for (var i = 0; i < recipients.Length; i++)
        {
            var told = message.Recipients[i];
            recipients[i] = new MessageRecipient(told.Number, told.Status, told.Carrier, told.LineType, told.Own);
        }
        var copies = incoming ? 1L : recipients.Length;
        return new MessageView(
            messageId, content.Direction, content.Type, Numbers(content, recipients),
            incoming ? content.From : recipients.FirstOrDefault()?.Number, recipients,
            message.ReceivedAt ?? message.FirstFactAt, message.SentAt, message.CompletedAt, message.LastFactAt,
            incoming ? "received" : Status(recipients), content.Parts, content.Parts * copies,
            content.Media.Count * copies, message.Cost?.Total, content.Text, content.Errors);
    }

    private static string[] Numbers(MessageContent content, MessageRecipient[] recipients)
    {
        if (content.Direction == MessageDirection.Outgoing)
        {
            return content.From.Length == 0 ? [] : [PhoneNumber.Normalize(content.From) ?? content.From];
        }
        return [.. recipients.Where(recipient => recipient.Own).Select(recipient => recipient.Number)];
    }

    /// <summary>Delivered when all are, partly when some are; else what is still open, else how it ended.</summary>
    private static string Status(MessageRecipient[] recipients)
    {
        Span<int> counts = stackalloc int[(int)Delivery.Delivered + 1];
        foreach (var recipient in recipients)
        {
            counts[(int)RecipientStatus.Of(recipient.Status)]++;
        }
        var delivered = counts[(int)Delivery.Delivered];
        return delivered > 0 ? delivered == recipients.Length ? "delivered" : "partly"
            : counts[(int)Delivery.Queued] > 0 || recipients.Length == 0 ? "queued"
            : counts[(int)Delivery.Sent] > 0 ? "sent"
            : counts[(int)Delivery.Unconfirmed] > 0 ? "unconfirmed"
            : "failed";
    }
}
