using System.Runtime.InteropServices;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>SplitMix64: the same numbers from the same seed on every machine and every runtime.</summary>
internal sealed class TrafficRandom(ulong seed)
{
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>0 inclusive to 1 exclusive.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Both bounds inclusive.</summary>
    public int Between(int min, int max) => min + (int)(Next() % (ulong)(max - min + 1));

    public bool Chance(double share) => Unit() < share;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)(Next() % (ulong)choices.Count)];

    /// <summary>Early choices come up more often than late ones: some callers call again and again.</summary>
    public T PickSkewed<T>(IReadOnlyList<T> choices)
    {
        var unit = Unit();
        return choices[(int)(unit * unit * choices.Count)];
    }

    /// <summary>A random UUID (version 4), in the usual form.</summary>
    public string Uuid()
    {
        Span<ulong> words = [Next(), Next()];
        var bytes = MemoryMarshal.AsBytes(words);
        bytes[6] = (byte)(0x40 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>An opaque token of letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string Token(int length) => string.Create(length, this, static (characters, random) =>
    {
        var bits = 0UL;
        for (var i = 0; i < characters.Length; i++)
        {
            bits = i % 10 == 0 ? random.Next() : bits >> 6;
            characters[i] = TokenAlphabet[(int)(bits & 63)];
        }
    });
}
