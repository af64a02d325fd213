using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Npgsql;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Which part of a list a request asks for.</summary>
public sealed record PageAsk
{
    [Description("Rows per page, 1 to 500; 50 when left out.")]
    public int? Limit { get; init; }

    [Description("The next of the page before; opaque.")]
    public string? Cursor { get; init; }

    /// <summary>Lists by time and then id: restricts to what follows the cursor.</summary>
    public void After(Selection selection, string timeColumn, string idColumn)
    {
        if (Position(selection, 2) is not [var time, var id])
        {
            return;
        }
        if (ReadKey(time) is { } instant)
        {
            selection.Where($"({timeColumn}, {idColumn}) < (?, ?)", instant, id);
            return;
        }
        Refuse(selection);
    }

    /// <summary>Lists by time, then place in the ledger, then ordinal: restricts to what follows the cursor.</summary>
    public void AfterPlace(Selection selection, string timeColumn)
    {
        if (Position(selection, 3) is not [var time, var place, var ordinal])
        {
            return;
        }
        if (ReadKey(time) is { } instant
            && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var nth))
        {
            selection.Where($"({timeColumn}, seq, ordinal) < (?, ?, ?)", instant, seq, nth);
            return;
        }
        Refuse(selection);
    }

    /// <summary>Lists by an id that grows with time: restricts to what follows the cursor.</summary>
    public void After(Selection selection, string idColumn)
    {
        if (Position(selection, 1) is not [var text])
        {
            return;
        }
        if (Guid.TryParse(text, out var id))
        {
            selection.Where($"{idColumn} < ?", id);
            return;
        }
        Refuse(selection);
    }

    /// <summary>Reads the page: <paramref name="sql"/> comes in order and without a limit.</summary>
    /// <param name="key">The sort key of a row, as the cursor's parts.</param>
    public async Task<Page<TItem>> ReadAsync<TItem>(
        NpgsqlConnection connection, Selection selection, string sql, Func<NpgsqlDataReader, TItem> read,
        Func<TItem, string[]> key, CancellationToken stop)
    {
        _ = Hosting.Cursor.TryLimit(Limit, out var limit);
        var limited = $"{sql} limit {selection.Parameter(limit + 1)}";
        await using var command = selection.Command(connection, limited);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var items = new List<TItem>();
        while (await rows.ReadAsync(stop))
        {
            items.Add(read(rows));
        }
        return Page.Of(items, limit, key);
    }

    /// <summary>An instant as a cursor's part: microseconds, which is all that the database keeps.</summary>
    public static string Key(Instant instant) =>
        (instant.ToUnixTimeTicks() / 10).ToString(CultureInfo.InvariantCulture);

    private static Instant? ReadKey(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds is > -10_000_000_000_000_000 and < 100_000_000_000_000_000
            ? Instant.FromUnixTimeTicks(microseconds * 10)
            : null;

    private string[] Position(Selection selection, int parts)
    {
        if (!Hosting.Cursor.TryLimit(Limit, out _))
        {
            selection.Refuse("limit", $"Expected 1 to {Hosting.Cursor.MaxLimit}.");
        }
        if (!Hosting.Cursor.TryDecode(Cursor, parts, out var values))
        {
            Refuse(selection);
        }
        return values;
    }

    private static void Refuse(Selection selection) =>
        selection.Refuse("cursor", "Not a cursor of this list: repeat the next of the page before.");
}
