using System.Text.Json.Nodes;
using NodaTime;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>
/// Hides what callers typed, which may be a card number or a PIN. Shown are single menu keys: a gather of one digit,
/// and the first digit of a run on one leg. Hidden, as one dot per digit, are gathers of several digits, the keys
/// that made them up, and every digit that follows another within 5 seconds.
/// </summary>
public static class TypedDigits
{
    public const char Dot = '•';
    private const string Dtmf = "dtmf_received";
    private const string Gather = "gather_ended";

    /// <summary>Digits closer together than this are one run.</summary>
    private static readonly Duration Pause = Duration.FromSeconds(5);

    /// <summary>Masks in place.</summary>
    /// <param name="entries">One stream, by the carrier's time.</param>
    public static void Mask(IReadOnlyList<TimelineEntry> entries)
    {
        foreach (var leg in entries.Where(e => e.Type is Dtmf or Gather).GroupBy(e => Text(e.Data, "legId")))
        {
            MaskLeg([.. leg]);
        }
    }

    private static void MaskLeg(IReadOnlyList<TimelineEntry> typed)
    {
        Instant? before = null;
        var keys = new List<JsonObject>();
        foreach (var entry in typed)
        {
            if (entry.Type == Gather)
            {
                MaskGather(entry.Data, keys);
                continue;
            }
            if (before is { } last && entry.OccurredAt - last < Pause)
            {
                Hide(entry.Data, "digit");
            }
            before = entry.OccurredAt;
            keys.Add(entry.Data);
        }
    }

    /// <summary>Hides a gather of several digits, and the keys that spelled it however slowly.</summary>
    private static void MaskGather(JsonObject gather, List<JsonObject> keys)
    {
        var spelled = Text(gather, "digits") ?? "";
        if (spelled.Length > 1)
        {
            Hide(gather, "digits");
            // From the end, as a menu's keys came before; some keys may not have been told.
            foreach (var key in keys.AsEnumerable().Reverse())
            {
                if (spelled.LastIndexOf(Text(key, "digit") ?? "", StringComparison.Ordinal) is >= 0 and var place)
                {
                    Hide(key, "digit");
                    spelled = spelled[..place];
                }
            }
        }
        keys.Clear();
    }

    private static void Hide(JsonObject data, string field)
    {
        if (Text(data, field) is { Length: > 0 } digits)
        {
            data[field] = new string(Dot, digits.Length);
        }
    }

    private static string? Text(JsonObject data, string field) =>
        data[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
