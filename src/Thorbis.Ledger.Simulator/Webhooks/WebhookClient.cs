using System.Net.Http.Headers;
using NodaTime;

namespace Thorbis.Ledger.Simulator.Webhooks;

/// <summary>What a receiver answered.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer (refused, reset, timed out).</param>
/// <param name="RetryAfter">Null unless the answer named a delay in seconds.</param>
/// <param name="Detail">The body of an answer other than 2xx, cut at 2,000 characters, or why there was none.</param>
public readonly record struct WebhookAnswer(int Status, TimeSpan? RetryAfter, string? Detail)
{
    public bool Accepted => Status is >= 200 and < 300;
}

/// <summary>Posts signed webhooks to one URL over a bounded number of connections. Thread-safe.</summary>
public sealed class WebhookClient : IDisposable
{
    private const int DetailLengthMax = 2_000;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri url;
    private readonly WebhookSigner signer;
    private readonly IClock clock;
    private readonly HttpMessageInvoker http;

    /// <param name="url">The receiver, such as <c>http://127.0.0.1:5080/webhooks/telnyx</c>.</param>
    /// <param name="signer">Stays the caller's; not disposed here.</param>
    /// <param name="clock">Dates the signatures.</param>
    /// <param name="connections">At most so many at once, each with one request at a time.</param>
    public WebhookClient(Uri url, WebhookSigner signer, IClock clock, int connections)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(connections);
        (this.url, this.signer, this.clock, Connections) = (url, signer, clock, connections);
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>The most requests that can be under way at once.</summary>
    public int Connections { get; }

    /// <summary>Signs the body now and posts it once.</summary>
    public Task<WebhookAnswer> PostAsync(ReadOnlyMemory<byte> body, CancellationToken stop) =>
        PostAsync(body, signer.Sign(body.Span, clock.GetCurrentInstant().ToUnixTimeSeconds()), stop);

    /// <summary>Posts the body once under a signature made before.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> only; a timeout is status 0.</exception>
    public async Task<WebhookAnswer> PostAsync(
        ReadOnlyMemory<byte> body, WebhookSignature signature, CancellationToken stop)
    {
        using var request = Request(body, signature);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(AnswerTimeout);
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            return await AnswerAsync(response, patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(0, null, $"no answer within {AnswerTimeout.TotalSeconds} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new(0, null, failure.Message);
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body, WebhookSignature signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, signature.Timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, signature.Signature);
        request.Headers.TryAddWithoutValidation("user-agent", "telnyx-webhooks");
        return request;
    }

    private static async Task<WebhookAnswer> AnswerAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return new(status, null, null);
        }
        var detail = await response.Content.ReadAsStringAsync(stop);
        return new(status, response.Headers.RetryAfter?.Delta,
            detail.Length > DetailLengthMax ? detail[..DetailLengthMax] : detail);
    }
}
