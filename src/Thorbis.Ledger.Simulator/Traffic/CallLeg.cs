using System.Text.Json;
using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>One leg of a call; each method tells a webhook of the scene's present instant.</summary>
internal sealed partial class CallLeg(Scene scene, string session, bool incoming, string from, string to)
{
    private readonly string controlId = "v3:" + scene.Random.Token(54);
    private readonly string legId = scene.Random.Uuid();
    private readonly string connectionId = incoming ? "1684641123236054244" : "1684641123236054245";
    private Instant startedAt;
    private Instant? answeredAt;
    private Instant? endedAt;

    public static CallLeg Incoming(Scene scene, string from, string to) => New(scene, incoming: true, from, to);

    public static CallLeg Outgoing(Scene scene, string from, string to) => New(scene, incoming: false, from, to);

    /// <summary>A further leg of the same session, dialled by us.</summary>
    public CallLeg Dial(string caller, string callee) => new(scene, session, incoming: false, caller, callee);

    /// <summary>The other end of an outgoing leg, where that is one of our companies' numbers too.</summary>
    public CallLeg Arrive() => new(scene, session, incoming: true, from, to);

    public void Initiated()
    {
        startedAt = scene.Now;
        scene.Tell("call.initiated", json =>
        {
            WithParties(json);
            json.WriteString("direction", incoming ? "incoming" : "outgoing");
            json.WriteString("state", incoming ? "parked" : "bridging");
            if (incoming)
            {
                json.WriteString("start_time", WebhookJson.Voice(startedAt));
                json.WriteString("shaken_stir_attestation", "A");
                json.WriteBoolean("shaken_stir_validated", true);
                json.WriteNull("caller_id_name");
            }
            json.WriteStartArray("tags");
            json.WriteEndArray();
        });
    }

    public void Answered()
    {
        answeredAt = scene.Now;
        scene.Tell("call.answered", json =>
        {
            WithParties(json);
            json.WriteString("start_time", WebhookJson.Voice(startedAt));
            json.WriteString("state", "answered");
        });
    }

    public void Bridged() => scene.Tell("call.bridged", WithParties);

    public void Held() => scene.Tell("call.hold", WithParties);

    public void Unheld() => scene.Tell("call.unhold", WithParties);

    /// <param name="source"><c>caller</c>, <c>callee</c> or <c>unknown</c>.</param>
    public void HungUp(string cause = "normal_clearing", string source = "caller", string sip = "200")
    {
        endedAt = scene.Now;
        var packets = answeredAt is { } since ? (int)((scene.Now - since).TotalSeconds * 50) : 0;
        var mos = 380 + scene.Random.Between(0, 70);
        scene.Tell("call.hangup", json =>
        {
            WithParties(json);
            json.WriteString("start_time", WebhookJson.Voice(startedAt));
            json.WriteString("end_time", WebhookJson.Voice(scene.Now));
            json.WriteString("state", "hangup");
            json.WriteString("hangup_cause", cause);
            json.WriteString("hangup_source", source);
            json.WriteString("sip_hangup_cause", sip);
            WriteQuality(json, packets, mos);
        });
    }

    private static CallLeg New(Scene scene, bool incoming, string from, string to)
    {
        scene.Subject = scene.Random.Uuid();
        return new(scene, scene.Subject, incoming, from, to);
    }

    private static void WriteQuality(Utf8JsonWriter json, int packets, int mosHundredths)
    {
        if (packets == 0)
        {
            json.WriteNull("call_quality_stats");
            return;
        }
        json.WriteStartObject("call_quality_stats");
        json.WriteStartObject("inbound");
        json.WriteString("jitter_max_variance", $"{mosHundredths % 90}.{mosHundredths % 100:D2}");
        json.WriteString("jitter_packet_count", "0");
        json.WriteString("mos", $"{mosHundredths / 100}.{mosHundredths % 100:D2}");
        json.WriteString("packet_count", $"{packets}");
        json.WriteString("skip_packet_count", $"{packets / 97}");
        json.WriteEndObject();
        json.WriteStartObject("outbound");
        json.WriteString("packet_count", $"{packets}");
        json.WriteString("skip_packet_count", "0");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WithParties(Utf8JsonWriter json)
    {
        WithCall(json);
        json.WriteString("from", from);
        json.WriteString("to", to);
    }

    private void WithCall(Utf8JsonWriter json)
    {
        json.WriteString("call_control_id", controlId);
        json.WriteString("call_leg_id", legId);
        json.WriteString("call_session_id", session);
        json.WriteNull("client_state");
        json.WriteString("connection_id", connectionId);
    }
}
