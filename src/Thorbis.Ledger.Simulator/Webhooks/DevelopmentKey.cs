using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Thorbis.Ledger.Simulator.Webhooks;

/// <summary>The key pair that stands for a carrier account on a developer's machine; everybody knows it.</summary>
/// <remarks>A server accepts it in the development environment only.</remarks>
public static class DevelopmentKey
{
    /// <summary>ASCII; its SHA-256 is the Ed25519 seed.</summary>
    public const string Phrase = "thorbis-ledger development key";

    /// <summary>A new handle on the private key; the caller disposes it.</summary>
    public static Key Open() => Key.Import(
        SignatureAlgorithm.Ed25519, SHA256.HashData(Encoding.ASCII.GetBytes(Phrase)), KeyBlobFormat.RawPrivateKey);

    /// <summary>The raw 32 bytes in base64, as a carrier's portal shows a public key.</summary>
    public static string PublicKey()
    {
        using var key = Open();
        return Convert.ToBase64String(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }
}
