namespace Thorbis.Ledger.Server.Exports;

/// <summary>Keeps spreadsheets from running cells as formulas (definitions/1, CSV).</summary>
public static class Defusing
{
    private const char Apostrophe = '\'';

    /// <summary>
    /// The cell with a leading apostrophe where it begins with =, +, -, @, tab or carriage return, unless it is an
    /// E.164 number or a number.
    /// </summary>
    /// <remarks>
    /// A text that already begins with apostrophes before such a character gets one more, so that
    /// <see cref="Restore"/> gives back every text as it was.
    /// </remarks>
    public static string Defuse(string cell) =>
        cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or Apostrophe && IsDangerous(cell)
            ? Apostrophe + cell
            : cell;

    /// <summary>Undoes <see cref="Defuse"/>.</summary>
    public static string Restore(string cell) =>
        cell.StartsWith(Apostrophe) && IsDangerous(cell) ? cell[1..] : cell;

    private static bool IsDangerous(string cell)
    {
        var text = cell.AsSpan().TrimStart(Apostrophe);
        return text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]
            && (text.Length < cell.Length || !IsNumber(text));
    }

    /// <summary>A sign, digits, and at most one point among them: numbers, and E.164 numbers.</summary>
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var digits = text[1..];
        var point = digits.IndexOf('.');
        return text[0] is '+' or '-'
            && (point < 0 ? IsDigits(digits) : IsDigits(digits[..point]) && IsDigits(digits[(point + 1)..]));
    }

    private static bool IsDigits(ReadOnlySpan<char> text) =>
        text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
