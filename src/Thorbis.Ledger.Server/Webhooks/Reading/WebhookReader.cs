using System.Text.Json;
using NodaTime;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Pure: the bytes of one webhook to what they say. Everything Telnyx-specific stops in this folder.</summary>
public static class WebhookReader
{
    /// <summary>What the bytes say, or why that cannot be made out.</summary>
    public static (WebhookReading? Reading, string? Problem) TryRead(byte[] body, Instant receivedAt)
    {
        if (WebhookEnvelope.Read(body).Problem is { } problem)
        {
            return (null, problem);
        }
        try
        {
            return (Read(body, receivedAt), null);
        }
        catch (UnintelligibleException unintelligible)
        {
            return (null, unintelligible.Message);
        }
    }

    /// <param name="body">Bytes that <see cref="WebhookEnvelope.Read"/> found no problem with.</param>
    /// <param name="receivedAt">The instant of last resort, and the bound of possible times.</param>
    /// <exception cref="UnintelligibleException">A part that the event's type promises is missing or
    /// absurd.</exception>
    public static WebhookReading Read(ReadOnlyMemory<byte> body, Instant receivedAt)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var data = root.Member("data") ?? root;
        var payload = data.Member("payload") ?? default;
        var type = data.Text("event_type") ?? "";
        var webhook = new Webhook(type, data, payload, receivedAt);
        return type.Split('.')[0] switch
        {
            "call" or "streaming" or "siprec" => CallReader.Read(webhook),
            "conference" => ConferenceReader.Read(webhook),
            "message" => MessageReader.Read(webhook),
            "number_order" => OrderReader.ReadNumberOrder(webhook),
            "porting_order" => OrderReader.ReadPorting(webhook),
            _ => Kept(webhook),
        };
    }

    private static readonly string[] NumberMembers = ["from", "to", "phone_number", "phoneNumber"];

    internal static KeptReading Kept(Webhook webhook) => new(
        webhook.Leg,
        [.. NumberMembers.Select(name => webhook.Payload.Text(name)).OfType<string>()]);
}

/// <summary>The parts of one body that readers look at.</summary>
internal sealed record Webhook(string Type, JsonElement Data, JsonElement Payload, Instant ReceivedAt)
{
    /// <summary>The event's instant; conference events carry it in the payload, examples of messages nowhere
    /// else.</summary>
    public Instant OccurredAt =>
        Data.Time("occurred_at", ReceivedAt) ?? Payload.Time("occurred_at", ReceivedAt) ??
        Payload.Time("received_at", ReceivedAt) ?? ReceivedAt;

    public LegReference Leg => new(
        Payload.Text("call_leg_id"), Payload.Text("call_control_id"), Payload.Text("call_session_id"),
        Payload.Text("connection_id"));
}
