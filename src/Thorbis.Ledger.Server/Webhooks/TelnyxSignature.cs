using System.Buffers;
using System.Text;
using NSec.Cryptography;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Telnyx signs <c>timestamp|body</c> with Ed25519 (RFC 8032); the body is the bytes exactly as
/// sent.</summary>
/// <remarks>Source: Telnyx, "Webhook fundamentals", section on verifying signatures.</remarks>
public static class TelnyxSignature
{
    public const string SignatureHeader = "telnyx-signature-ed25519";
    public const string TimestampHeader = "telnyx-timestamp";
    public const int SignatureBytes = 64;
    public const int PublicKeyBytes = 32;
    private const int TimestampDigitsMax = 12;

    /// <summary>True where the key signed this timestamp and body. Never throws on hostile input.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature, string timestamp, ReadOnlySpan<byte> body) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key) &&
        Verify(key!, signature, timestamp, body);

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, string, ReadOnlySpan{byte})"/>
    public static bool Verify(PublicKey key, ReadOnlySpan<byte> signature, string timestamp, ReadOnlySpan<byte> body)
    {
        var length = timestamp.Length + 1 + body.Length;
        var signed = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Encoding.ASCII.GetBytes(timestamp, signed);
            signed[timestamp.Length] = (byte)'|';
            body.CopyTo(signed.AsSpan(timestamp.Length + 1));
            return SignatureAlgorithm.Ed25519.Verify(key, signed.AsSpan(0, length), signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
        }
    }

    /// <summary>Reads the two headers: base64 of 64 bytes, and Unix seconds in decimal digits.</summary>
    public static bool TryParse(string? signature, string? timestamp, out byte[] bytes, out long unixSeconds)
    {
        bytes = new byte[SignatureBytes];
        unixSeconds = 0;
        return signature is { Length: 88 } && timestamp is { Length: > 0 and <= TimestampDigitsMax } &&
            Convert.TryFromBase64String(signature, bytes, out var written) && written == SignatureBytes &&
            timestamp.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && long.TryParse(timestamp, out unixSeconds);
    }
}
