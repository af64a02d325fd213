namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The <c>cursor</c> and <c>limit</c> of lists that are sorted by one unique key.</summary>
public static class PageRequest
{
    /// <param name="after">The key of the last row seen; empty on the first page.</param>
    /// <returns>A 422, or null when the page can be read.</returns>
    public static IResult? Refuse(string? cursor, int? limit, out string after, out int size)
    {
        after = "";
        if (!Cursor.TryLimit(limit, out size))
        {
            return Problems.Invalid("limit", $"1 to {Cursor.MaxLimit} rows a page.");
        }
        if (!Cursor.TryDecode(cursor, 1, out var parts))
        {
            return Problems.Invalid("cursor", "This is not a cursor of this list.");
        }
        after = parts.Length == 0 ? "" : parts[0];
        return null;
    }

    /// <summary>The same for lists in the order of a UUID; all zeros on the first page.</summary>
    public static IResult? RefuseById(string? cursor, int? limit, out Guid after, out int size)
    {
        var refused = Refuse(cursor, limit, out var text, out size);
        after = Guid.Empty;
        return refused is null && text.Length > 0 && !Guid.TryParse(text, out after)
            ? Problems.Invalid("cursor", "This is not a cursor of this list.")
            : refused;
    }
}
