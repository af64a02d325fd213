namespace Thorbis.Ledger.Domain.Notifications;

/// <summary>Addresses that e-mail is sent to.</summary>
public static class EmailAddress
{
    /// <summary>RFC 5321, section 4.5.3.1.3, without the angle brackets of a path.</summary>
    public const int LengthMax = 254;

    /// <summary>One bare address: a local part and a domain. Whether anybody reads it, a message tells.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: >= 3 and <= LengthMax } && text.IndexOf('@') is > 0 and var at
        && at == text.LastIndexOf('@') && at < text.Length - 1
        && text.All(c => c is > ' ' and < '\u007f' && !"<>(),;:\\\"[]".Contains(c));
}
