using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <content>What is said, pressed, queued and recorded on the leg.</content>
internal sealed partial class CallLeg
{
    private readonly string recordingId = scene.Random.Uuid();
    private Instant? recordedFrom;

    public void SpeakStarted() => scene.Tell("call.speak.started", WithCall);

    public void SpeakEnded(string status = "completed") => scene.Tell("call.speak.ended", json =>
    {
        WithCall(json);
        json.WriteString("status", status);
    });

    public void PlaybackStarted(string media) => scene.Tell("call.playback.started", json =>
    {
        WithCall(json);
        json.WriteString("media_name", media);
        json.WriteBoolean("overlay", false);
    });

    public void PlaybackEnded(string media, string status = "completed") => scene.Tell("call.playback.ended", json =>
    {
        WithCall(json);
        json.WriteString("media_name", media);
        json.WriteBoolean("overlay", false);
        json.WriteString("status", status);
    });

    public void DtmfReceived(string digit) => scene.Tell("call.dtmf.received", json =>
    {
        WithParties(json);
        json.WriteString("digit", digit);
    });

    public void GatherEnded(string digits, string status) => scene.Tell("call.gather.ended", json =>
    {
        WithParties(json);
        json.WriteString("digits", digits);
        json.WriteString("status", status);
    });

    public void Enqueued(string queue, int position) => scene.Tell("call.enqueued", json =>
    {
        WithCall(json);
        json.WriteString("queue", queue);
        json.WriteNumber("current_position", position);
        json.WriteNumber("queue_avg_wait_time_secs", 40 + (position * 15));
    });

    public void Dequeued(string queue, string reason, Instant since) => scene.Tell("call.dequeued", json =>
    {
        WithCall(json);
        json.WriteString("queue", queue);
        json.WriteNumber("queue_position", 1);
        json.WriteString("reason", reason);
        json.WriteNumber("wait_time_secs", (long)(scene.Now - since).TotalSeconds);
    });

    public void MachineDetectionEnded(string result, bool premium = false) => scene.Tell(
        premium ? "call.machine.premium.detection.ended" : "call.machine.detection.ended",
        json =>
        {
            WithParties(json);
            json.WriteString("result", result);
        });

    public void MachineGreetingEnded(string result) => scene.Tell("call.machine.greeting.ended", json =>
    {
        WithParties(json);
        json.WriteString("result", result);
    });

    /// <summary>No webhook tells of the beginning; it stands in the one that tells of the end.</summary>
    public void Record() => recordedFrom = scene.Now;

    public void RecordingSaved()
    {
        var (since, until) = (recordedFrom ?? startedAt, endedAt ?? scene.Now);
        scene.Tell("call.recording.saved", json =>
        {
            WithCall(json);
            json.WriteString("recording_id", recordingId);
            json.WriteString("format", "mp3");
            json.WriteString("channels", "dual");
            json.WriteString("recording_started_at", WebhookJson.Voice(since));
            json.WriteString("recording_ended_at", WebhookJson.Voice(until));
            json.WriteStartObject("recording_urls");
            json.WriteString("mp3", $"https://recordings.example/{recordingId}.mp3?expires=600");
            json.WriteEndObject();
            json.WriteStartObject("public_recording_urls");
            json.WriteEndObject();
        });
    }

    public void RecordingTranscribed(string text) => scene.Tell("call.recording.transcription.saved", json =>
    {
        WithCall(json);
        json.WriteString("recording_id", recordingId);
        json.WriteString("recording_transcription_id", Guid.Parse(recordingId).ToString("N"));
        json.WriteString("calling_party_type", "pstn");
        json.WriteString("status", "completed");
        json.WriteString("transcription_text", text);
    });
}
