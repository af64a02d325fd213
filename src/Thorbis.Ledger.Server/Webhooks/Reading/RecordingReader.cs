using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Reads what came of a call's sound: recordings, their transcripts, live transcription.</summary>
internal static class RecordingReader
{
    /// <summary>The payload's start and end are the recording's; its links are kept by format.</summary>
    public static CallFact Saved(string leg, Instant at, JsonElement p) => new RecordingSaved(
        leg, at, p.Text("recording_id"), p.Text("channels"), Moment(p, "recording_started_at", at),
        Moment(p, "recording_ended_at", at), Urls(p));

    public static CallFact Transcribed(string leg, Instant at, JsonElement p) => new RecordingTranscribed(
        leg, at, p.Text("recording_id"), p.Text("recording_transcription_id"), p.Text("status"),
        p.Text("transcription_text") ?? "");

    public static CallFact Speech(string leg, Instant at, JsonElement p)
    {
        var spoken = p.Member("transcription_data") ?? default;
        return new SpeechTranscribed(
            leg, at, spoken.Text("transcript") ?? "", spoken.Decimal("confidence"),
            spoken.MaybeFlag("is_final") ?? true, spoken.Text("transcription_track"));
    }

    private static Instant? Moment(JsonElement p, string name, Instant at) => p.Time(name, at + Duration.FromDays(1));

    private static Dictionary<string, string> Urls(JsonElement p)
    {
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (member, prefix) in new[] { ("recording_urls", ""), ("public_recording_urls", "public_") })
        {
            if (p.Member(member) is { ValueKind: JsonValueKind.Object } links)
            {
                foreach (var link in links.EnumerateObject().Where(l => l.Value.AsText() is not null))
                {
                    urls[prefix + link.Name] = link.Value.AsText()!;
                }
            }
        }
        return urls;
    }
}
