using System.Buffers.Text;
using System.Text.Json;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>
/// Where a page ended, as text that callers hand back unread: the sort key of its last row. It carries no rights;
/// whoever alters one only asks for another page of the same rows.
/// </summary>
public static class Cursor
{
    /// <summary>Rows of a page when the caller does not say.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Most rows of a page; asking for more, or for less than 1, is 422.</summary>
    public const int MaxLimit = 500;

    public static string Encode(params string[] parts) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts));

    /// <summary>Reads a cursor back.</summary>
    /// <param name="parts">How many parts the page's sort key has.</param>
    /// <param name="values">The parts; empty when there was no cursor, which is the first page.</param>
    /// <returns>False for anything that <see cref="Encode"/> did not make with that many parts: a 422.</returns>
    public static bool TryDecode(string? text, int parts, out string[] values)
    {
        values = [];
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }
        try
        {
            var read = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text)) ?? [];
            if (read.Length != parts || read.Contains(null))
            {
                return false;
            }
            values = [.. read.OfType<string>()];
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false;
        }
    }

    /// <summary>The page size asked for, or the default.</summary>
    /// <returns>False outside 1..<see cref="MaxLimit"/>: a 422.</returns>
    public static bool TryLimit(int? asked, out int limit)
    {
        limit = asked ?? DefaultLimit;
        return limit is >= 1 and <= MaxLimit;
    }
}
