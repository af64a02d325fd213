using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>How a body is laid out; receivers must take all of them.</summary>
internal enum WebhookLayout
{
    Compact,
    Pretty,

    /// <summary>Compact, with <c>\u</c> escapes for everything beyond plain ASCII and for plus signs.</summary>
    Escaped,
}

/// <summary>Writes envelopes. Not thread-safe: buffers are used again.</summary>
internal sealed class WebhookJson : IDisposable
{
    private const string DeliveredTo = "https://ledger.example/webhooks/telnyx";
    private static readonly InstantPattern VoiceTime = Pattern("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");
    private static readonly InstantPattern MessagingTime = Pattern("uuuu-MM-dd'T'HH:mm:ss.FFF'+00:00'");

    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly Utf8JsonWriter compact;
    private readonly Utf8JsonWriter pretty;
    private readonly Utf8JsonWriter escaped;

    public WebhookJson()
    {
        var plain = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        compact = new(buffer, new() { Encoder = plain, SkipValidation = true });
        pretty = new(buffer, new() { Encoder = plain, SkipValidation = true, Indented = true, NewLine = "\n" });
        escaped = new(buffer, new() { SkipValidation = true });
    }

    /// <summary>Microseconds and Z.</summary>
    public static string Voice(Instant at) => VoiceTime.Format(at);

    /// <summary>Milliseconds without trailing zeros, and an offset.</summary>
    public static string Messaging(Instant at) => MessagingTime.Format(at);

    public byte[] Write(
        WebhookLayout layout, string eventType, string eventId, string occurredAt, int attempt,
        Action<Utf8JsonWriter> payload)
    {
        var json = layout switch { WebhookLayout.Pretty => pretty, WebhookLayout.Escaped => escaped, _ => compact };
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteString("event_type", eventType);
        json.WriteString("id", eventId);
        json.WriteString("occurred_at", occurredAt);
        json.WriteStartObject("payload");
        payload(json);
        json.WriteEndObject();
        json.WriteString("record_type", "event");
        json.WriteEndObject();
        json.WriteStartObject("meta");
        json.WriteNumber("attempt", attempt);
        json.WriteString("delivered_to", DeliveredTo);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public void Dispose()
    {
        compact.Dispose();
        pretty.Dispose();
        escaped.Dispose();
    }

    private static InstantPattern Pattern(string text) => InstantPattern.CreateWithInvariantCulture(text);
}
