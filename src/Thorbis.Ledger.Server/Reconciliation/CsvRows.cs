using System.Buffers;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>A CSV that cannot be read on; the message says why.</summary>
internal sealed class TornCsvException(string message) : Exception(message);

/// <summary>
/// The rows of a CSV, RFC 4180, whatever the line ends; blank lines are passed over. Holds one row, and no text of
/// cells that nobody asks for.
/// </summary>
/// <remarks>By hand: a file has a million rows, and most of their cells are of no use to a match.</remarks>
internal sealed class CsvRows(TextReader text)
{
    private const int CellLengthMax = 64 * 1024;

    // A quote that is never closed would else take the rest of the file for one cell.
    private const int RowLengthMax = 16 * CellLengthMax;

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private readonly List<(int Start, int Length, bool Quoted)> cells = [];
    private char[] buffer = new char[CellLengthMax];
    private int begin;
    private int filled;
    private bool ended;
    private int newLines;

    /// <summary>Of the row's end, from 1 on.</summary>
    public int Line { get; private set; }

    /// <summary>Cells of the row.</summary>
    public int Count => cells.Count;

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="TornCsvException">The quotes do not fit, or a cell or row is too long.</exception>
    public ValueTask<bool> ReadAsync(CancellationToken stop) => TryRead() ? new(true) : ReadOnAsync(stop);

    /// <summary>A cell without blanks around it.</summary>
    /// <param name="before">The same column's text in the row before, which often is the same.</param>
    public string Text(int place, string? before)
    {
        var (start, length, quoted) = cells[place];
        var cell = buffer.AsSpan(start, length).Trim();
        if (!quoted && before is not null && cell.SequenceEqual(before))
        {
            return before;
        }
        return quoted ? cell.ToString().Replace("\"\"", "\"") : cell.ToString();
    }

    /// <summary>Every cell of the row.</summary>
    public string[] Texts() => [.. Enumerable.Range(0, Count).Select(place => Text(place, null))];

    private async ValueTask<bool> ReadOnAsync(CancellationToken stop)
    {
        do
        {
            if (ended)
            {
                return begin < filled ? throw new TornCsvException("The quotes do not fit.") : false;
            }
            await FillAsync(stop);
        }
        while (!TryRead());
        return true;
    }

    private async Task FillAsync(CancellationToken stop)
    {
        buffer.AsSpan(begin..filled).CopyTo(buffer);
        (begin, filled) = (0, filled - begin);
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, filled < RowLengthMax ? filled * 2 : throw TooLong());
        }
        var read = await text.ReadAsync(buffer.AsMemory(filled), stop);
        filled += read;
        ended = read == 0;
    }

    /// <summary>False when the row is not there to its end; it is read anew when there is more of it.</summary>
    private bool TryRead()
    {
        while (begin < filled)
        {
            cells.Clear();
            newLines = 0;
            if (RowEnd(begin) is not { } end)
            {
                return false;
            }
            (begin, Line) = (end, Line + newLines + 1);
            if (cells is not [(_, 0, false)])
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The cells of a row, and where the next row begins; null while its end is not there.</summary>
    private int? RowEnd(int at)
    {
        while (CellEnd(at) is { } end)
        {
            if (end == filled)
            {
                return ended ? end : null;
            }
            switch (buffer[end])
            {
                case ',':
                    at = end + 1;
                    break;
                case '\r' when end + 1 == filled && !ended:
                    return null;
                case '\r' when end + 1 < filled && buffer[end + 1] == '\n':
                    return end + 2;
                case '\r' or '\n':
                    return end + 1;
                default:
                    throw new TornCsvException("The quotes do not fit.");
            }
        }
        return null;
    }

    /// <summary>Takes a cell, and tells where it ends; null while that is not there.</summary>
    private int? CellEnd(int at)
    {
        if (at < filled && buffer[at] == '"')
        {
            return QuotedEnd(at + 1) is { } closed ? Take(at + 1, closed, quoted: true) + 1 : null;
        }
        var length = buffer.AsSpan(at..filled).IndexOfAny(Special);
        return length >= 0 ? Take(at, at + length, quoted: false) : ended ? Take(at, filled, quoted: false) : null;
    }

    /// <summary>Where the closing quote of a cell is: the first that is not doubled.</summary>
    private int? QuotedEnd(int at)
    {
        while (buffer.AsSpan(at..filled).IndexOf('"') is >= 0 and var length)
        {
            newLines += NewLines(buffer.AsSpan(at, length));
            at += length + 1;
            if (at == filled)
            {
                return ended ? at - 1 : null;
            }
            if (buffer[at] != '"')
            {
                return at - 1;
            }
            at++;
        }
        return null;
    }

    private static int NewLines(ReadOnlySpan<char> cell) =>
        cell.Count('\n') is > 0 and var lines ? lines : cell.Count('\r');

    private int Take(int start, int end, bool quoted)
    {
        if (end - start > CellLengthMax)
        {
            throw TooLong();
        }
        cells.Add((start, end - start, quoted));
        return end;
    }

    private static TornCsvException TooLong() =>
        new($"A cell is longer than {CellLengthMax} characters; a quote may not be closed.");
}
