using System.Text;

namespace Thorbis.Ledger.Simulator.Mail;

/// <summary>As much of SMTP (RFC 5321) as a well-behaved sender needs to hand over e-mails.</summary>
internal sealed class SmtpConversation(StreamReader reader, Stream stream, Action<ReceivedMail> take)
{
    private const int RecipientsMax = 100;
    private const int MailCharactersMax = 10 * 1024 * 1024;
    private readonly List<string> to = [];
    private string? from;

    /// <summary>Until the sender leaves.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task HoldAsync(CancellationToken stop)
    {
        await SayAsync("220 thorbis-ledger mail sink", stop);
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await SayAsync("221 bye", stop);
                return;
            }
            await SayAsync(await AnswerAsync(line, stop), stop);
        }
    }

    private async Task<string> AnswerAsync(string line, CancellationToken stop)
    {
        switch (line.Split([' ', ':'], 2)[0].ToUpperInvariant())
        {
            case "EHLO" or "HELO" or "RSET":
                Forget();
                return "250 ok";
            case "NOOP":
                return "250 ok";
            case "MAIL":
                from = Address(line);
                return "250 ok";
            case "RCPT" when from is null:
                return "503 MAIL first";
            case "RCPT" when to.Count >= RecipientsMax:
                return "452 too many recipients";
            case "RCPT":
                to.Add(Address(line));
                return "250 ok";
            case "DATA" when from is null || to.Count == 0:
                return "503 RCPT first";
            case "DATA":
                return await TakeAsync(stop);
            default:
                return "502 not here";
        }
    }

    private async Task<string> TakeAsync(CancellationToken stop)
    {
        await SayAsync("354 go ahead, end with a dot", stop);
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line == ".")
            {
                take(new(from!, [.. to], text.ToString()));
                Forget();
                return "250 taken";
            }
            // A dot at the front of a line was doubled by the sender: RFC 5321, section 4.5.2.
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            if (text.Length > MailCharactersMax)
            {
                throw new IOException("The e-mail is too long.");
            }
        }
        throw new IOException("The sender left in the middle of an e-mail.");
    }

    private void Forget()
    {
        from = null;
        to.Clear();
    }

    private static string Address(string line) =>
        line.Split('<', 2) is [_, var rest] ? rest.Split('>')[0] : line.Split(':', 2)[^1].Trim();

    private async Task SayAsync(string line, CancellationToken stop) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop);
}
