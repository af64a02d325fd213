using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <content>The payload, the same in every webhook of a message but for what has changed.</content>
internal sealed partial class Message
{
    private void Write(Utf8JsonWriter json)
    {
        WriteTime(json, "completed_at", completedAt);
        WriteCost(json);
        json.WriteString("direction", incoming ? "inbound" : "outbound");
        json.WriteString("encoding", unicode ? "UCS-2" : "GSM-7");
        WriteErrors(json);
        json.WriteStartObject("from");
        WriteParty(json, from, outside: incoming);
        json.WriteEndObject();
        json.WriteString("id", scene.Subject);
        WriteMedia(json);
        json.WriteString("messaging_profile_id", "740572b6-099c-44a1-89b9-6c92163bc68d");
        json.WriteString("organization_id", "47a530f8-4362-4526-829b-bcee17fd9f7a");
        json.WriteNumber("parts", Parts);
        WriteTime(json, "received_at", receivedAt);
        json.WriteString("record_type", "message");
        WriteTime(json, "sent_at", sentAt);
        json.WriteStartArray("tags");
        json.WriteEndArray();
        json.WriteString("text", text);
        WriteRecipients(json);
        json.WriteString("type", multimedia ? "MMS" : "SMS");
        json.WriteNull("valid_until");
        json.WriteString("webhook_failover_url", "");
        json.WriteString("webhook_url", "https://ledger.example/webhooks/telnyx");
    }

    private void WriteCost(Utf8JsonWriter json)
    {
        // The carrier prices an outgoing message when it is final.
        if (!incoming && completedAt is null)
        {
            json.WriteNull("cost");
            return;
        }
        WriteAmount(json, "cost", (Price + CarrierFee).ToString("0.0000#", CultureInfo.InvariantCulture));
        json.WriteStartObject("cost_breakdown");
        WriteAmount(json, "carrier_fee", CarrierFee.ToString("0.00000", CultureInfo.InvariantCulture));
        WriteAmount(json, "rate", Price.ToString("0.00000", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteAmount(Utf8JsonWriter json, string name, string amount)
    {
        json.WriteStartObject(name);
        json.WriteString("amount", amount);
        json.WriteString("currency", "USD");
        json.WriteEndObject();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        json.WriteStartArray("errors");
        if (statuses.Any(status => status.EndsWith("_failed", StringComparison.Ordinal)))
        {
            json.WriteStartObject();
            json.WriteString("code", "40008");
            json.WriteString("title", "Undeliverable");
            json.WriteString("detail", "The recipient carrier did not accept the message.");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteMedia(Utf8JsonWriter json)
    {
        json.WriteStartArray("media");
        foreach (var picture in pictures)
        {
            json.WriteStartObject();
            json.WriteString("url", $"https://media.example/{picture}.jpg");
            json.WriteString("content_type", "image/jpeg");
            json.WriteNumber("size", 20_000 + (picture[0] * 1_000));
            json.WriteString(
                incoming ? "hash_sha256" : "sha256", string.Concat(Enumerable.Repeat(picture.Replace("-", ""), 2)));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteRecipients(Utf8JsonWriter json)
    {
        json.WriteStartArray("to");
        for (var i = 0; i < to.Count; i++)
        {
            json.WriteStartObject();
            WriteParty(json, to[i], outside: !incoming);
            json.WriteString("status", statuses[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteParty(Utf8JsonWriter json, string number, bool outside)
    {
        json.WriteString("carrier", outside ? "T-MOBILE USA, INC." : "Telnyx");
        json.WriteString("line_type", outside ? "Wireless" : "VoIP");
        json.WriteString("phone_number", number);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, Instant? at)
    {
        if (at is { } known)
        {
            json.WriteString(name, WebhookJson.Messaging(known));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
