using Microsoft.Extensions.Options;
using NodaTime;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>
/// <c>POST /webhooks/telnyx</c>: 200 means that body and signature are committed. The answer never waits for
/// interpretation, and says nothing of why a signature was refused.
/// </summary>
public sealed class ReceiveWebhook(
    TelnyxKeyRing keys, Journal journal, UnverifiedRing unverified, IOptions<IntakeOptions> options,
    IntakeMetrics metrics, IClock clock, IHostApplicationLifetime lifetime)
{
    private const string RetryAfterSeconds = "5";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/webhooks/telnyx", (HttpContext context, ReceiveWebhook receive) => receive.HandleAsync(context))
        .WithName("ReceiveTelnyxWebhook").WithSummary("Takes a signed webhook into the journal.").WithTags("Webhooks")
        .Produces(StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        // The signature is the authentication: nothing of the pipeline for people and programs concerns it.
        .AllowAnonymous().DisableAntiforgery().ShortCircuit();

    private async Task<IResult> HandleAsync(HttpContext context)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Later(context);
        }
        var headers = context.Request.Headers;
        var (signature, signedAt) =
            ((string?)headers[TelnyxSignature.SignatureHeader], (string?)headers[TelnyxSignature.TimestampHeader]);
        if (!TelnyxSignature.TryParse(signature, signedAt, out var signatureBytes, out var unixSeconds))
        {
            return Unsigned("malformed");
        }
        var (body, refusal) = await ReadBodyAsync(context.Request);
        return body is null ? refusal! : await TakeAsync(context, body, signatureBytes, signedAt!, unixSeconds);
    }

    private async Task<IResult> TakeAsync(
        HttpContext context, byte[] body, byte[] signature, string signedAt, long unixSeconds)
    {
        var now = clock.GetCurrentInstant();
        var signer = keys.FindSigner(signature, signedAt, body);
        if (signer is null)
        {
            unverified.Offer(new(Guid.CreateVersion7(now.ToDateTimeOffset()), now, signedAt, signature, body));
            return Unsigned("unverified");
        }
        var stale = Math.Abs(now.ToUnixTimeSeconds() - unixSeconds) > options.Value.Tolerance.TotalSeconds;
        if (!await journal.KeepAsync(ReceivedWebhook.Of(signer, now, signedAt, signature, body, stale)))
        {
            return Later(context);
        }
        return stale ? Unsigned("stale") : Results.StatusCode(StatusCodes.Status200OK);
    }

    /// <summary>The whole body, or the refusal: 413 beyond the limit, 408 when it comes too slowly.</summary>
    private async Task<(byte[]? Body, IResult? Refusal)> ReadBodyAsync(HttpRequest request)
    {
        var limit = options.Value.BodyBytesMax;
        if (request.ContentLength > limit)
        {
            return (null, TooLarge(limit));
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        timeout.CancelAfter(options.Value.BodyTimeout);
        try
        {
            var body = await ReadUpToAsync(request, limit, timeout.Token);
            return body is null ? (null, TooLarge(limit)) : (body, null);
        }
        catch (BadHttpRequestException tooSlow) when (tooSlow.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            return (null, TooSlow());
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return (null, TooSlow());
        }
    }

    /// <returns>Null beyond the limit.</returns>
    private static async Task<byte[]?> ReadUpToAsync(HttpRequest request, int limit, CancellationToken stop)
    {
        var buffer = new byte[request.ContentLength is { } length ? (int)length + 1 : 4096];
        var filled = 0;
        int read;
        while ((read = await request.Body.ReadAsync(buffer.AsMemory(filled), stop)) > 0)
        {
            filled += read;
            if (filled > limit)
            {
                return null;
            }
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, limit + 1));
            }
        }
        return buffer[..filled];
    }

    private IResult Unsigned(string reason)
    {
        metrics.Refused(reason);
        return Problems.Of(StatusCodes.Status401Unauthorized, "webhook-not-accepted",
            "The webhook's signature was not accepted.");
    }

    private IResult TooLarge(int limit)
    {
        metrics.Refused("too-large");
        return Problems.Of(
            StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large.",
                $"At most {limit} bytes are taken.");
    }

    private IResult TooSlow()
    {
        metrics.Refused("too-slow");
        return Problems.Of(StatusCodes.Status408RequestTimeout, "body-too-slow", "The body came too slowly.");
    }

    private IResult Later(HttpContext context)
    {
        metrics.Refused("unavailable");
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Problems.Of(
            StatusCodes.Status503ServiceUnavailable, "journal-unavailable",
                "The webhook cannot be kept now; repeat it.");
    }
}
