using System.Text.Json.Nodes;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>
/// Links to recordings and media that are signed in their query open the file to whoever has the link: the query is
/// hidden, the address stays.
/// </summary>
public static class SignedLinks
{
    private const string Marker = "Signature=";

    /// <summary>Masks in place, at any depth.</summary>
    public static void Mask(JsonNode node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    Replace(value, masked => fields[name] = masked);
                }
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var index = i;
                    Replace(items[i], masked => items[index] = masked);
                }
                break;
        }
    }

    public static string Mask(string text) =>
        text.Contains(Marker, StringComparison.OrdinalIgnoreCase)
        && text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query
            ? $"{text.AsSpan(0, query)}?{TypedDigits.Dot}"
            : text;

    private static void Replace(JsonNode? value, Action<string> replace)
    {
        if (value is JsonValue leaf && leaf.TryGetValue<string>(out var text))
        {
            if (Mask(text) is var masked && masked != text)
            {
                replace(masked);
            }
        }
        else if (value is not null)
        {
            Mask(value);
        }
    }
}
