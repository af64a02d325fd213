using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Posts a notice to an endpoint, signed. The answer's status is all that is looked at.</summary>
/// <param name="anywhere">Also to addresses that are not public: for development.</param>
internal sealed class WebhookSender(
    WebhookSecrets secrets, IClock clock, IOptions<NotificationOptions> options, bool anywhere) : IDisposable
{
    /// <summary>Of an answer, before its connection is given up rather than read to the end.</summary>
    private const int AnswerBytesMax = 16 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = anywhere ? null : PublicAddress.ConnectAsync,
        MaxResponseHeadersLength = AnswerBytesMax / 1024,
        MaxResponseDrainSize = AnswerBytesMax,
        // A name that moved is followed within minutes.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = options.Value.Timeout,
    };

    public async Task<Outcome> SendAsync(Delivery delivery)
    {
        if (delivery is not { Url: { } url, SealedSecret: { } secret })
        {
            return new(null, "The endpoint was removed or disabled.");
        }
        var (id, timestamp) = (delivery.NoticeId.ToString(), WebhookSecrets.Timestamp(clock.GetCurrentInstant()));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new StringContent(delivery.Body, new MediaTypeHeaderValue("application/json")),
                Headers =
                {
                    { "webhook-id", id },
                    { "webhook-timestamp", timestamp },
                    { "webhook-signature", secrets.Sign(secret, id, timestamp, delivery.Body) },
                    { "user-agent", "thorbis-ledger" },
                },
            };
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return Of(answer.StatusCode);
        }
        catch (HttpRequestException failed)
        {
            return new(null, failed.InnerException is ForbiddenAddressException forbidden
                ? forbidden.Message
                : $"No answer: {Words.Of(failed.HttpRequestError).Replace('_', ' ')}.");
        }
        catch (CryptographicException)
        {
            return new(null, "Its secret cannot be opened: remove the endpoint and add it again.");
        }
        catch (OperationCanceledException)
        {
            return new(null, $"No answer within {options.Value.Timeout.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static Outcome Of(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => new((int)status, null),
        >= 300 and < 400 => new((int)status, $"Answered {(int)status}; redirects are not followed."),
        410 => new((int)status, "Answered 410: gone for good.", Gone: true),
        _ => new((int)status, $"Answered {(int)status}."),
    };
}
