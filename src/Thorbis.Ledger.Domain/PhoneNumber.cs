namespace Thorbis.Ledger.Domain;

/// <summary>Telephone numbers in E.164 form: a plus sign and 5 to 15 digits, the first not zero.</summary>
public static class PhoneNumber
{
    public static bool IsE164(string? text) =>
        text is ['+', >= '1' and <= '9', ..] && text.Length is >= 6 and <= 16
            && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>
    /// The E.164 form of what a carrier wrote (<c>+1-202-555-0133</c>, <c>sip:+12025550133@host</c>), or null
    /// where there is none (<c>anonymous</c>, other SIP addresses).
    /// </summary>
    public static string? Normalize(string? text)
    {
        if (string.IsNullOrEmpty(text) || IsE164(text))
        {
            return string.IsNullOrEmpty(text) ? null : text;
        }
        var bare = text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? text[4..].Split('@')[0] : text;
        if (!bare.StartsWith('+'))
        {
            return null;
        }
        var compact = string.Concat(bare.Where(c => c is not (' ' or '-' or '.' or '(' or ')')));
        return IsE164(compact) ? compact : null;
    }
}
