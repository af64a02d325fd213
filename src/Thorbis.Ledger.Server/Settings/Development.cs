using System.Security.Cryptography;
using NSec.Cryptography;

namespace Thorbis.Ledger.Server.Settings;

/// <summary>What everybody knows, so that a newcomer can begin at once; accepted in Development alone.</summary>
public static class Development
{
    public const string AccountId = "development";
    public const string OperatorEmail = "operator@example.com";
    public const string OperatorPassword = "development-operator";

    /// <summary>Public half of the key that signs development webhooks.</summary>
    public static byte[] PublicKey { get; } = ReadPublicKey();

    private static byte[] ReadPublicKey()
    {
        var seed = SHA256.HashData("thorbis-ledger development key"u8);
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }
}
