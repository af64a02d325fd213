namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>
/// A hash of 128 bits over texts, to find what is the same: cheap, as a file has a million, and no secret of anything.
/// </summary>
internal struct RecordKey
{
    private ulong one = 0xcbf29ce484222325;
    private ulong other = 0x9e3779b97f4a7c15;

    public RecordKey()
    {
    }

    /// <summary>Takes a text and its end: texts that are cut elsewhere give another key.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            Mix(character);
        }
        Mix('\uffff');
    }

    public readonly Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Spread(one));
        BitConverter.TryWriteBytes(bytes[8..], Spread(other ^ one));
        return new Guid(bytes);
    }

    private void Mix(char character)
    {
        unchecked
        {
            one = (one ^ character) * 0x100000001b3;
            other = (ulong.RotateLeft(other, 23) ^ character) * 0xff51afd7ed558ccd;
        }
    }

    private static ulong Spread(ulong bits)
    {
        unchecked
        {
            bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53;
            return bits ^ (bits >> 29);
        }
    }
}
