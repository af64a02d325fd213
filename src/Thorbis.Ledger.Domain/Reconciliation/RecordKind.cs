namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>What a detail record of the carrier charges for. Stored by number: new kinds go to the end.</summary>
public enum RecordKind
{
    SipTrunking = 1,
    CallControl = 2,
    Webrtc = 3,

    /// <summary>A row of a call report, which does not say of what kind.</summary>
    Voice = 4,
    Recording = 5,
    Message = 6,
    MachineDetection = 7,
    SpeechToText = 8,
    TextToSpeech = 9,
    Assistant = 10,
    Inference = 11,
    Conference = 12,
    Media = 13,

    /// <summary>What is neither a call nor a message, and what is not known.</summary>
    Other = 14,
}

public static class RecordKinds
{
    /// <summary>Kinds whose amounts are parts of the cost that the carrier reports per leg.</summary>
    public static readonly IReadOnlyList<RecordKind> InCallCost =
        [RecordKind.SipTrunking, RecordKind.CallControl, RecordKind.Webrtc, RecordKind.Voice, RecordKind.Recording];

    /// <summary>Kinds that bill a leg's time; a recording's seconds are its own.</summary>
    public static readonly IReadOnlyList<RecordKind> Timed =
        [RecordKind.SipTrunking, RecordKind.CallControl, RecordKind.Webrtc, RecordKind.Voice];

    /// <summary>Which part of the cost that the carrier reports per leg a kind's amounts are.</summary>
    /// <remarks>Source: docs/sources.md#cost-parts-and-record-types. Of other kinds no part is known.</remarks>
    private static readonly Dictionary<RecordKind, string> Parts = new()
    {
        [RecordKind.SipTrunking] = "sip-trunking",
        [RecordKind.CallControl] = "call-control",
        [RecordKind.Recording] = "call-recording",
    };

    /// <summary>Of <see cref="Parts"/>, what is no time of the leg's.</summary>
    public const string RecordingPart = "call-recording";

    private const string Suffix = "-detail-record";

    private static readonly Dictionary<string, RecordKind> Words = new(StringComparer.Ordinal)
    {
        ["sip-trunking"] = RecordKind.SipTrunking,
        ["call-control"] = RecordKind.CallControl,
        ["webrtc"] = RecordKind.Webrtc,
        ["recording"] = RecordKind.Recording,
        ["messaging"] = RecordKind.Message,
        ["message"] = RecordKind.Message,
        ["mdr-report"] = RecordKind.Message,
        ["amd"] = RecordKind.MachineDetection,
        ["stt"] = RecordKind.SpeechToText,
        ["speech-to-text"] = RecordKind.SpeechToText,
        ["inference-speech-to-text"] = RecordKind.SpeechToText,
        ["tts"] = RecordKind.TextToSpeech,
        ["text-to-speech"] = RecordKind.TextToSpeech,
        ["ai-voice-assistant"] = RecordKind.Assistant,
        ["inference"] = RecordKind.Inference,
        ["embedding"] = RecordKind.Inference,
        ["conference"] = RecordKind.Conference,
        ["conference-participant"] = RecordKind.Conference,
        ["media-streaming"] = RecordKind.Media,
        ["noise-suppression"] = RecordKind.Media,
        ["siprec-client"] = RecordKind.Media,
    };

    /// <summary>Billed beside what the carrier reports of calls and messages.</summary>
    public static bool IsFeature(RecordKind kind) => kind != RecordKind.Message && !InCallCost.Contains(kind);

    /// <summary>The parts of a leg's cost that a file is about, by the kinds of its records.</summary>
    /// <returns>Ordered by kind; null where the file is about the whole: it has records of every part, or some that
    /// bill a leg and name no part.</returns>
    public static IReadOnlyList<string>? PartsOf(IReadOnlySet<RecordKind> kinds)
    {
        var priced = InCallCost.Where(kinds.Contains).ToList();
        return priced.Count is 0 || priced.Count == Parts.Count || !priced.TrueForAll(Parts.ContainsKey)
            ? null
            : priced.ConvertAll(kind => Parts[kind]);
    }

    /// <summary>The kind of a <c>record_type</c>, as the filter or as the record itself spells it.</summary>
    public static RecordKind Of(string recordType)
    {
        if (Words.TryGetValue(recordType, out var known))
        {
            return known;
        }
        var word = recordType.ToLowerInvariant().Replace('_', '-');
        word = word.EndsWith(Suffix, StringComparison.Ordinal) ? word[..^Suffix.Length] : word;
        return Words.GetValueOrDefault(word, RecordKind.Other);
    }
}
