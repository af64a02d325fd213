using System.Buffers;
using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace Thorbis.Ledger.Simulator.Webhooks;

/// <summary>The two headers that a signed webhook carries.</summary>
/// <param name="Timestamp"><c>telnyx-timestamp</c>: Unix seconds, decimal.</param>
/// <param name="Signature"><c>telnyx-signature-ed25519</c>: 64 bytes in base64.</param>
public readonly record struct WebhookSignature(string Timestamp, string Signature)
{
    public const string TimestampHeader = "telnyx-timestamp";
    public const string SignatureHeader = "telnyx-signature-ed25519";
}

/// <summary>Signs bodies as Telnyx does: Ed25519 over the timestamp, a bar and the raw bytes. Thread-safe.</summary>
public sealed class WebhookSigner(Key key) : IDisposable
{
    private const int TimestampLengthMax = 20;

    /// <summary>A signer with the <see cref="DevelopmentKey"/>.</summary>
    public static WebhookSigner Development() => new(DevelopmentKey.Open());

    /// <param name="body">Signed as it is, byte for byte; it need not be JSON.</param>
    /// <param name="unixSeconds">When the request is made; a receiver allows about 300 s either way.</param>
    public WebhookSignature Sign(ReadOnlySpan<byte> body, long unixSeconds)
    {
        var timestamp = unixSeconds.ToString(CultureInfo.InvariantCulture);
        var buffer = ArrayPool<byte>.Shared.Rent(body.Length + TimestampLengthMax + 1);
        try
        {
            var length = Encoding.ASCII.GetBytes(timestamp, buffer);
            buffer[length++] = (byte)'|';
            body.CopyTo(buffer.AsSpan(length));
            Span<byte> signature = stackalloc byte[SignatureAlgorithm.Ed25519.SignatureSize];
            SignatureAlgorithm.Ed25519.Sign(key, buffer.AsSpan(0, length + body.Length), signature);
            return new(timestamp, Convert.ToBase64String(signature));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => key.Dispose();
}
