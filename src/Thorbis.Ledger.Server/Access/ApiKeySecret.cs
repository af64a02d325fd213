using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Thorbis.Ledger.Server.Access;

/// <summary>
/// An API key as its holder writes it: <c>tlk_{key id}_{secret}</c>. The secret is 256 random bits, so one SHA-256 of
/// it is safe at rest; slow hashing defends guessable secrets only.
/// </summary>
public static class ApiKeySecret
{
    private const string Prefix = "tlk_";
    private const int IdLength = 32;

    /// <summary>A new key's text, shown once, and the hash that is kept.</summary>
    public static (string Text, byte[] Hash) Create(Guid keyId)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return ($"{Prefix}{keyId:N}_{secret}", Hash(secret));
    }

    /// <returns>False for what cannot be an API key at all.</returns>
    public static bool TryParse(string text, out Guid keyId, out byte[] hash)
    {
        (keyId, hash) = (Guid.Empty, []);
        var secretAt = Prefix.Length + IdLength + 1;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length is < 64 or > 128
            || text[secretAt - 1] != '_' || !Guid.TryParseExact(text.AsSpan(Prefix.Length, IdLength), "N", out keyId))
        {
            return false;
        }
        hash = Hash(text[secretAt..]);
        return true;
    }

    /// <summary>Compares in a time that tells nothing of where two hashes differ.</summary>
    public static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
