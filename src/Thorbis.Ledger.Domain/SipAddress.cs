namespace Thorbis.Ledger.Domain;

/// <summary>SIP addresses of phones, as in <c>sip:ann@example.com</c>: a user and a host, maybe a port, no
/// parameters.</summary>
public static class SipAddress
{
    public const int LengthMax = 255;
    private const string Scheme = "sip:";

    // What RFC 3261, 25.1, lets stand unescaped in a user; the percent sign begins an escape.
    private const string OfUsers = "-_.!~*'()&=+$,;?/%";

    public static bool IsValid(string? text) => text is { Length: <= LengthMax }
        && text.StartsWith(Scheme, StringComparison.Ordinal)
        && text[Scheme.Length..].Split('@') is [{ Length: > 0 } user, var place]
        && user.All(c => char.IsAsciiLetterOrDigit(c) || OfUsers.Contains(c)) && IsPlace(place.Split(':'));

    private static bool IsPlace(string[] parts) => parts is [var host, .. var port]
        && host.Split('.').All(IsLabel)
        && port is [] or [{ Length: >= 1 and <= 5 }] && port.All(digits => digits.All(char.IsAsciiDigit));

    private static bool IsLabel(string label) => label is { Length: >= 1 and <= 63 }
        && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
