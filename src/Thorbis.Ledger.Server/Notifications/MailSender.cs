using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Settings;
using Thorbis.Ledger.Server.Statements;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Hands a notice over to the mail server, as plain text, and a statement with its file.</summary>
internal sealed class MailSender(
    LedgerSettings settings, IClock clock, IOptions<NotificationOptions> options, StatementAttachment attachment)
{
    public async Task<Outcome> SendAsync(Delivery delivery)
    {
        if (delivery.Address is not { } address)
        {
            return new(null, "The address was erased.");
        }
        if (settings.Mail is not { } server)
        {
            return new(null, $"{SmtpSettings.HostSetting.Name} is not set: no e-mail can be sent.");
        }
        try
        {
            using var limit = new CancellationTokenSource(
                delivery.Month is null ? options.Value.Timeout : attachment.Timeout);
            using var message = MessageOf(delivery, server.From, address);
            message.Body = delivery.Month is null
                ? new TextPart("plain") { Text = delivery.Body }
                : await attachment.BodyAsync(delivery, limit.Token);
            await SendAsync(server, message, limit.Token);
            return new(null, null);
        }
        catch (Exception failed) when (failed is SpoiledStatementException or NpgsqlException)
        {
            return new(null, failed is SpoiledStatementException ? failed.Message : "The file could not be read.");
        }
        catch (Exception failed) when (
            failed is ProtocolException or CommandException or AuthenticationException or SocketException
                or IOException or SslHandshakeException or NotSupportedException or OperationCanceledException)
        {
            return new((failed as SmtpCommandException)?.StatusCode is { } code ? (int)code : null, Reason(failed));
        }
    }

    private MimeMessage MessageOf(Delivery delivery, string from, string address)
    {
        var message = new MimeMessage
        {
            Subject = delivery.Subject ?? "",
            Date = clock.GetCurrentInstant().ToDateTimeOffset(),
            // The same at every attempt: a mailbox that got it twice can tell.
            MessageId = $"{delivery.DeliveryId}@{from[(from.IndexOf('@') + 1)..]}",
        };
        message.From.Add(new MailboxAddress("Thorbis Ledger", from));
        message.To.Add(new MailboxAddress("", address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static async Task SendAsync(SmtpSettings server, MimeMessage message, CancellationToken limit)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(server.Host, server.Port, server.Tls switch
        {
            SmtpTls.Tls => SecureSocketOptions.SslOnConnect,
            SmtpTls.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        }, limit);
        if (server is { User: { } user, Password: { } password })
        {
            await client.AuthenticateAsync(user, password, limit);
        }
        await client.SendAsync(message, limit);
        await client.DisconnectAsync(quit: true, limit);
    }

    /// <summary>Without the server's own words, which may repeat the address.</summary>
    private static string Reason(Exception failed) => failed switch
    {
        SmtpCommandException refused => $"The mail server answered {(int)refused.StatusCode}.",
        AuthenticationException => "The mail server did not take user name and password.",
        SslHandshakeException => "The mail server could not be trusted.",
        NotSupportedException => "The mail server offers no encryption.",
        OperationCanceledException => "The mail server was too slow.",
        _ => "The mail server could not be reached.",
    };
}
