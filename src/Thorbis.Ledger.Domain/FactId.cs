using System.Security.Cryptography;
using System.Text;

namespace Thorbis.Ledger.Domain;

/// <summary>Names facts so that the same fact always gets the same id (UUID version 5, RFC 9562).</summary>
public static class FactId
{
    /// <summary>The namespace of all fact ids of this ledger; permanent, as every stored id depends on it.</summary>
    public static readonly Guid Namespace = new("5b1f3f0e-6a53-4a0c-9d53-0c6f2f2c7a11");

    /// <summary>The id of one fact.</summary>
    /// <param name="company">The company whose ledger holds the fact.</param>
    /// <param name="telnyxId">The id of the Telnyx event that the fact was read from.</param>
    /// <param name="factName">The stored name of the fact, such as <c>call_answered</c>.</param>
    /// <param name="itemKey">Tells several facts of one event apart; empty where there is one.</param>
    /// <param name="revision">0, or higher when a mended interpreter read the same bytes differently.</param>
    public static Guid For(string company, string telnyxId, string factName, string itemKey, int revision) =>
        Version5(Namespace, string.Join('\u001f', company, telnyxId, factName, itemKey, revision));

    /// <summary>A name-based UUID over SHA-1.</summary>
    /// <remarks>Source: RFC 9562, section 5.5.</remarks>
    public static Guid Version5(Guid space, string name)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + nameBytes.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        nameBytes.CopyTo(input, 16);
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; nothing here relies on it as a secret.
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
