using System.Text.Json;
using Thorbis.Ledger.Domain.Messages;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Reads message.* events.</summary>
internal static class MessageReader
{
    public static WebhookReading Read(Webhook webhook)
    {
        var p = webhook.Payload;
        // Some senders of the older shape name the message by another member, or by its event alone.
        var id = p.Text("id") ?? p.Text("message_id") ?? webhook.Data.Text("id")!;
        var incoming = IsIncoming(webhook);
        var report = Report(webhook, incoming ? MessageDirection.Incoming : MessageDirection.Outgoing);
        return Fact(webhook, report) is { } fact ? new MessageReading(id, fact) : WebhookReader.Kept(webhook);
    }

    private static bool IsIncoming(Webhook webhook) => webhook.Payload.Text("direction") switch
    {
        "inbound" or "incoming" => true,
        "outbound" or "outgoing" => false,
        null => webhook.Type == "message.received",
        var other => throw new UnintelligibleException($"direction '{other}' is not known"),
    };

    private static MessageFact? Fact(Webhook webhook, MessageReport report) => webhook.Type switch
    {
        "message.received" => new MessageReceived(webhook.OccurredAt, report),
        "message.sent" => new MessageSent(webhook.OccurredAt, report),
        "message.delivered" => new MessageDelivered(webhook.OccurredAt, report),
        "message.finalized" => new MessageFinalized(webhook.OccurredAt, report),
        "message.read" => new MessageRead(webhook.OccurredAt, report),
        _ => null,
    };

    private static MessageReport Report(Webhook webhook, MessageDirection direction)
    {
        var (p, now) = (webhook.Payload, webhook.ReceivedAt);
        var to = Recipients(p).ToList();
        if (Party(p.Member("from")) is not { } from || to.Count == 0)
        {
            throw new UnintelligibleException("no from or no to");
        }
        return new(
            direction, Type(p), from.Number, to, Cc(p), p.Text("text"), p.Text("subject"),
            [.. p.Items("media").Where(m => m.Text("url") is not null).Select(Media)], p.Text("encoding"),
            p.SmallWhole("parts") ?? 0, p.Money("cost"), p.Member("cost_breakdown")?.Money("carrier_fee"),
            [.. p.Items("errors").Select(Error)], p.Time("received_at", now), p.Time("sent_at", now),
            p.Time("completed_at", now) ?? p.Time("delivered_at", now), p.Text("messaging_profile_id"),
                p.Texts("tags"));
    }

    private static string Type(JsonElement p) =>
        p.Text("type")?.ToUpperInvariant() ?? (p.Items("media").Any() ? "MMS" : "SMS");

    /// <summary>One number, a list of numbers, or a list of objects; a number named twice is one recipient.</summary>
    private static IEnumerable<MessageRecipient> Recipients(JsonElement p)
    {
        var status = p.Text("status");
        var entries = p.Member("to") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList()
            : p.Member("to") is { } single ? [single] : [];
        return entries.Select(Party).OfType<MessageRecipient>()
            .Select(r => r.Status is null && status is not null ? r with { Status = status } : r)
            .DistinctBy(r => r.Number);
    }

    private static MessageRecipient? Party(JsonElement? value) =>
        value is null ? null : Party(value.Value);

    private static MessageRecipient? Party(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } number ? new(number, null, null, null, false)
            : null,
        // An RCS agent has an id instead of a number.
        JsonValueKind.Object => (value.Text("phone_number") ?? value.Text("agent_id")) is { } number
            ? new(number, value.Text("status"), value.Text("carrier"), value.Text("line_type"), false)
            : null,
        _ => null,
    };

    private static IReadOnlyList<string> Cc(JsonElement p) =>
        [.. p.Items("cc").Select(Party).OfType<MessageRecipient>().Select(r => r.Number).Distinct()];

    private static MessageMedia Media(JsonElement m) => new(
        m.Text("url")!, m.Text("content_type"), m.Whole("size"), m.Text("hash_sha256") ?? m.Text("sha256"));

    private static MessageError Error(JsonElement e) =>
        e.ValueKind == JsonValueKind.Object ? new(e.Text("code") ?? "", e.Text("title"), e.Text("detail"))
        : new(e.AsText() ?? "", null, null);
}
