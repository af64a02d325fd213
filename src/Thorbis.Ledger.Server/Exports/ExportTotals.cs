using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Exports;

/// <summary>The sum of a column over all rows of a file.</summary>
/// <param name="Currency">Null where the column is no money, or its currency was not told.</param>
public sealed record ExportTotal(string Column, decimal Amount, string? Currency);

/// <summary>Adds up columns row by row, each currency by itself.</summary>
public sealed class ExportTotals
{
    private readonly Dictionary<(string Column, string Currency), Money?> _sums = [];

    public void Add(string column, Money? amount)
    {
        if (amount is null)
        {
            return;
        }
        var key = (column, amount.Currency);
        // A sum beyond decimal is no total; once gone it stays away.
        _sums[key] = _sums.TryGetValue(key, out var sum) ? sum?.Plus(amount) : amount;
    }

    /// <summary>In the order in which rows first told of them.</summary>
    public IReadOnlyList<ExportTotal> All =>
    [
        .. _sums.Where(sum => sum.Value is not null).Select(sum => new ExportTotal(
            sum.Key.Column, sum.Value!.Amount, sum.Key.Currency.Length > 0 ? sum.Key.Currency : null)),
    ];
}
