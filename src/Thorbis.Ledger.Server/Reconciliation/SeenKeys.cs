namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>Tells whether a key was there before: of 64 bits that are as good as random.</summary>
/// <remarks>
/// Some 14 bytes a key, in many small tables: one large table would be copied as it grows, and what it was before would
/// lie among the large objects until the next full collection.
/// </remarks>
internal sealed class SeenKeys
{
    private const int TableBits = 10;
    private const int LengthMin = 16;

    private readonly (long[] Keys, int Count)[] tables = new (long[], int)[1 << TableBits];

    /// <returns>False where the key was there; once in 2^64 keys also where it was not.</returns>
    public bool Add(long key)
    {
        key = key == 0 ? 1 : key; // A place that holds 0 is free.
        ref var table = ref tables[(int)(key >>> (64 - TableBits))];
        table.Keys ??= new long[LengthMin];
        if (!Place(table.Keys, key))
        {
            return false;
        }
        if (++table.Count > table.Keys.Length / 4 * 3)
        {
            table.Keys = Grown(table.Keys);
        }
        return true;
    }

    private static long[] Grown(long[] keys)
    {
        var grown = new long[keys.Length * 2];
        foreach (var key in keys.Where(key => key != 0))
        {
            Place(grown, key);
        }
        return grown;
    }

    /// <summary>Puts a key into the first free place from its own on; false where it stands already.</summary>
    private static bool Place(long[] keys, long key)
    {
        var place = (int)(key & (keys.Length - 1));
        while (keys[place] != 0)
        {
            if (keys[place] == key)
            {
                return false;
            }
            place = (place + 1) & (keys.Length - 1);
        }
        keys[place] = key;
        return true;
    }
}
