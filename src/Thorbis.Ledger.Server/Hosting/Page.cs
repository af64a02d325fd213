namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Some rows of a longer list.</summary>
/// <param name="Next">Asks for the rows that follow; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public static class Page
{
    /// <summary>A page of rows that were read with one more than <paramref name="limit"/>, to see whether any
    /// follow.</summary>
    /// <param name="key">The sort key of a row, as <see cref="Cursor"/> parts.</param>
    public static Page<T> Of<T>(List<T> rows, int limit, Func<T, string[]> key) => rows.Count <= limit
        ? new(rows, null)
        : new(rows[..limit], Cursor.Encode(key(rows[limit - 1])));
}
