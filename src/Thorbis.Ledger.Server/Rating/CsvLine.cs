using System.Globalization;
using CsvHelper;
using Thorbis.Ledger.Server.Exports;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Rating;

/// <summary>The cells of one line by their columns; what cannot be read is told of, and reading goes on.</summary>
internal sealed class CsvLine(CsvReader csv, List<BadLine> refused)
{
    /// <summary>Null where the cell or its column is missing.</summary>
    public string? Text(string column) =>
        csv.TryGetField<string>(column, out var cell) && !string.IsNullOrWhiteSpace(cell)
            ? Defusing.Restore(cell.Trim())
            : null;

    public TWord Word<TWord>(string column) where TWord : struct, Enum
    {
        if (Text(column) is { } text && Words.TryParse<TWord>(text, default, out var word))
        {
            return word;
        }
        Refuse(column, $"Expected one of {string.Join(", ", Words.All<TWord>())}.");
        return default;
    }

    /// <param name="otherwise">For an empty cell; null where there must be an amount.</param>
    public decimal Amount(string column, decimal? otherwise)
    {
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        var text = Text(column);
        if (text is null && otherwise is { } amount)
        {
            return amount;
        }
        if (!decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var read))
        {
            Refuse(column, "Expected a number with a point, such as 0.0075.");
        }
        return read;
    }

    /// <param name="otherwise">For an empty cell.</param>
    public int Whole(string column, int otherwise)
    {
        if (Text(column) is not { } text)
        {
            return otherwise;
        }
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
        {
            Refuse(column, "Expected a whole number of seconds.");
        }
        return read;
    }

    private void Refuse(string column, string reason) => refused.Add(new(csv.Parser.RawRow, column, reason));
}
