using System.Net;
using System.Net.Sockets;
using System.Text;
using Thorbis.Ledger.Simulator.Mail;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Simulator;

public sealed class SmtpSinkTests
{
    [Fact]
    public async Task An_e_mail_is_kept_as_it_was_meant_and_written_to_a_file()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        await using var sink = SmtpSink.Start(port: 0, folder);

        var answers = await SayAsync(sink.Port,
            "EHLO me", "RCPT TO:<early@example.com>", "MAIL FROM:<a@example.com> SIZE=100", "DATA",
            "RCPT TO:<b@example.com>", "RCPT TO:<c@example.com>", "DATA",
            "Subject: two\r\n lines\r\n\r\n..one dot\r\n.", "STARTTLS", "QUIT");

        Assert.Equal(["220", "250", "503", "250", "503", "250", "250", "354", "250", "502", "221"], answers);
        var mail = Assert.Single(sink.Received);
        Assert.Equal(("a@example.com", "b@example.com c@example.com", "two lines", null), (
            mail.From, string.Join(' ', mail.To), mail.Header("subject"), mail.Header("Bcc")));
        Assert.EndsWith("\r\n\r\n.one dot\r\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(mail.Text, await File.ReadAllTextAsync(
            Path.Combine(folder, "00001.eml"), TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_breaks_off_was_not_taken()
    {
        await using var sink = SmtpSink.Start(port: 0);

        await SayAsync(sink.Port, "EHLO me", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA");

        Assert.Empty(sink.Received);
    }

    /// <summary>The codes of the answers, the greeting's first; leaves after the last.</summary>
    private static async Task<List<string>> SayAsync(int port, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var answers = new List<string> { (await reader.ReadLineAsync())![..3] };
        foreach (var line in lines)
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
            answers.Add((await reader.ReadLineAsync())![..3]);
        }
        return answers;
    }
}
