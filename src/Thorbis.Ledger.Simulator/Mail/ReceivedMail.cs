namespace Thorbis.Ledger.Simulator.Mail;

/// <summary>An e-mail as the sink took it.</summary>
/// <param name="From">Of the envelope, as <paramref name="To"/>.</param>
/// <param name="Text">Headers, an empty line and the body, as sent; lines end with CRLF.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Text)
{
    /// <summary>The value of a header, unfolded; null where there is none.</summary>
    public string? Header(string name)
    {
        var head = Text.Split("\r\n\r\n")[0].Replace("\r\n ", " ").Replace("\r\n\t", " ");
        var line = head.Split("\r\n").FirstOrDefault(
            line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 1)..].Trim();
    }
}
