using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Reads call.*, streaming.* and siprec.* events.</summary>
internal static class CallReader
{
    private delegate CallFact FactOf(string leg, Instant at, JsonElement payload);

    private static readonly Dictionary<string, FactOf> Facts = new()
    {
        ["call.initiated"] = Initiated,
        ["call.answered"] = (leg, at, _) => new CallAnswered(leg, at),
        ["call.bridged"] = (leg, at, _) => new CallBridged(leg, at),
        ["call.hangup"] = HungUp,
        ["call.cost"] = CallCostReader.Cost,
        ["call.dtmf.received"] = (leg, at, p) => new DtmfReceived(leg, at, p.Required("digit")),
        ["call.gather.ended"] = (leg, at, p) => new GatherEnded(leg, at, p.Text("digits") ?? "", p.Text("status")),
        ["call.speak.started"] = (leg, at, _) => new SpeakStarted(leg, at),
        ["call.speak.ended"] = (leg, at, p) => new SpeakEnded(leg, at, p.Text("status")),
        ["call.playback.started"] = (leg, at, p) => new PlaybackStarted(leg, at, Media(p)),
        ["call.playback.ended"] = (leg, at, p) => new PlaybackEnded(leg, at, Media(p), p.Text("status")),
        ["call.enqueued"] = (leg, at, p) => new CallEnqueued(
            leg, at, p.Text("queue") ?? "", p.SmallWhole("current_position"), p.Whole("queue_avg_wait_time_secs")),
        ["call.dequeued"] = Dequeued,
        ["call.left.queue"] = Dequeued,
        ["call.machine.detection.ended"] = (leg, at, p) => Detection(leg, at, p, premium: false),
        ["call.detection.ended"] = (leg, at, p) => Detection(leg, at, p, premium: false),
        ["call.machine.premium.detection.ended"] = (leg, at, p) => Detection(leg, at, p, premium: true),
        ["call.machine.greeting.ended"] = (leg, at, p) => Greeting(leg, at, p, premium: false),
        ["call.machine.premium.greeting.ended"] = (leg, at, p) => Greeting(leg, at, p, premium: true),
        ["call.recording.saved"] = RecordingReader.Saved,
        ["call.recording.error"] = (leg, at, p) => new RecordingFailed(leg, at, p.Text("reason")),
        ["call.recording.transcription.saved"] = RecordingReader.Transcribed,
        ["call.transcription"] = RecordingReader.Speech,
        ["call.refer.started"] = (leg, at, p) => Referred(leg, at, p, "started"),
        ["call.refer.completed"] = (leg, at, p) => Referred(leg, at, p, "completed"),
        ["call.refer.failed"] = (leg, at, p) => Referred(leg, at, p, "failed"),
        ["call.hold"] = (leg, at, _) => new CallHeld(leg, at),
        ["call.unhold"] = (leg, at, _) => new CallUnheld(leg, at),
        ["call.fork.started"] = (leg, at, p) => Fork(leg, at, p, "fork", "started"),
        ["call.fork.stopped"] = (leg, at, p) => Fork(leg, at, p, "fork", "stopped"),
        ["streaming.started"] = (leg, at, p) => Fork(leg, at, p, "streaming", "started"),
        ["streaming.stopped"] = (leg, at, p) => Fork(leg, at, p, "streaming", "stopped"),
        ["streaming.failed"] = (leg, at, p) => Fork(leg, at, p, "streaming", "failed"),
        ["siprec.started"] = (leg, at, p) => Fork(leg, at, p, "siprec", "started"),
        ["siprec.stopped"] = (leg, at, p) => Fork(leg, at, p, "siprec", "stopped"),
        ["siprec.failed"] = (leg, at, p) => Fork(leg, at, p, "siprec", "failed"),
        ["call.ai_gather.ended"] = (leg, at, p) => Assistant(leg, at, p, "ai_gather.ended"),
        ["call.ai_gather.partial_results"] = (leg, at, p) => Assistant(leg, at, p, "ai_gather.partial_results"),
        ["call.ai_gather.message_history_updated"] =
            (leg, at, p) => Assistant(leg, at, p, "ai_gather.message_history_updated"),
        ["call.ai_gather.tool_call"] = (leg, at, p) => Assistant(leg, at, p, "ai_gather.tool_call"),
        ["call.conversation.ended"] = (leg, at, p) => Assistant(leg, at, p, "conversation.ended"),
        ["call.conversation_insights.generated"] =
            (leg, at, p) => Assistant(leg, at, p, "conversation_insights.generated"),
        ["call.deepfake_detection.result"] =
            (leg, at, p) => new DeepfakeChecked(leg, at, p.Text("result") ?? "", p.Decimal("score")),
        ["call.deepfake_detection.error"] = (leg, at, _) => new DeepfakeChecked(leg, at, "error", null),
    };

    public static WebhookReading Read(Webhook webhook)
    {
        if (!Facts.TryGetValue(webhook.Type, out var fact))
        {
            return WebhookReader.Kept(webhook);
        }
        var leg = webhook.Leg;
        if (leg.IsEmpty)
        {
            throw new UnintelligibleException("no call_leg_id, call_control_id or call_session_id");
        }
        return new CallReading(leg, fact(leg.LegId ?? "", webhook.OccurredAt, webhook.Payload));
    }

    private static CallInitiated Initiated(string leg, Instant at, JsonElement p) => new(
        leg.Length > 0 ? leg : p.Required("call_leg_id"), at,
        p.Required("direction") switch
        {
            "incoming" or "inbound" => CallDirection.Incoming,
            "outgoing" or "outbound" => CallDirection.Outgoing,
            var other => throw new UnintelligibleException($"direction '{other}' is not known"),
        },
        p.Text("from") ?? "anonymous", p.Text("to") ?? "", OwnNumber: null,
        p.Text("call_control_id") ?? "", p.Text("connection_id"), p.Text("caller_id_name"),
        p.Text("call_screening_result"), p.Text("shaken_stir_attestation"), p.Texts("tags"));

    private static CallHungUp HungUp(string leg, Instant at, JsonElement p) => new(
        leg, at, p.Text("hangup_cause"), p.Text("hangup_source"), p.Text("sip_hangup_cause"),
        p.Member("call_quality_stats") is { ValueKind: JsonValueKind.Object } stats ? Quality(stats) : null);

    private static CallQuality Quality(JsonElement stats)
    {
        var inbound = stats.Member("inbound") ?? default;
        var outbound = stats.Member("outbound") ?? default;
        return new(
            inbound.Decimal("mos"), inbound.Decimal("jitter_max_variance"), inbound.Whole("packet_count"),
            inbound.Whole("skip_packet_count"), outbound.Whole("packet_count"), outbound.Whole("skip_packet_count"));
    }

    private static CallDequeued Dequeued(string leg, Instant at, JsonElement p) => new(
        leg, at, p.Text("queue") ?? "", p.SmallWhole("queue_position"), p.Text("reason"), p.Whole("wait_time_secs"));

    private static MachineDetectionEnded Detection(string leg, Instant at, JsonElement p, bool premium) =>
        new(leg, at, p.Text("result") ?? "not_sure", premium);

    private static MachineGreetingEnded Greeting(string leg, Instant at, JsonElement p, bool premium) =>
        new(leg, at, p.Text("result") ?? "not_sure", premium);

    private static CallReferred Referred(string leg, Instant at, JsonElement p, string phase) =>
        new(leg, at, phase, p.SmallWhole("sip_notify_response"));

    private static CallMediaForked Fork(string leg, Instant at, JsonElement p, string kind, string phase) => new(
        leg, at, kind, phase,
        p.Text("failure_reason") ?? p.Text("failure_cause") ?? p.Text("stream_url") ?? p.Text("stream_type"));

    private static AssistantReported Assistant(string leg, Instant at, JsonElement p, string kind) => new(
        leg, at, kind, p.Text("status") ?? p.Text("reason"), p.Whole("duration_sec"),
        p.Text("conversation_id") ?? p.Text("insight_group_id"));

    private static string? Media(JsonElement p) => p.Text("media_name") ?? p.Text("media_url");
}
