using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Signs what is sent, as the Standard Webhooks specification says; receivers check it with any of its
/// libraries.</summary>
/// <remarks>Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.</remarks>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";

    /// <summary>The specification asks for 24 to 64.</summary>
    private const int Bytes = 32;

    private readonly IDataProtector _seal = protection.CreateProtector("webhook-endpoint-secret");

    /// <summary>A new secret: as it is shown once, and as it is kept.</summary>
    public (string Shown, byte[] Sealed) Create()
    {
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        return (Prefix + Convert.ToBase64String(secret), _seal.Protect(secret));
    }

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    /// <exception cref="CryptographicException">The key ring no longer has the key that sealed the
    /// secret.</exception>
    public string Sign(byte[] sealedSecret, string id, string timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(_seal.Unprotect(sealedSecret), signed));
    }

    /// <summary>Seconds since 1970, as the header <c>webhook-timestamp</c> has them.</summary>
    public static string Timestamp(Instant now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
