using Marten;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>One of the tables that hold sums of cost lines.</summary>
internal sealed class CostSums<TStart>
    where TStart : struct, IComparable<TStart>
{
    private readonly UnnestUpsert<Sum> _upsert;
    private readonly Func<CostRow, TStart> _startOf;
    private readonly bool _hasEpoch;
    private readonly bool _hasNumber;

    /// <param name="start">Column of the time that a row sums up.</param>
    /// <param name="hasEpoch">Kept apart by checkpoints, so that an earlier state can be told.</param>
    public CostSums(
        string table, string start, string type, bool hasEpoch, bool hasNumber, Func<CostRow, TStart> startOf)
    {
        (_startOf, _hasEpoch, _hasNumber) = (startOf, hasEpoch, hasNumber);
        string[] key =
        [
            "tenant_id", start, .. hasEpoch ? ["epoch"] : Array.Empty<string>(), "source", "service",
            .. hasNumber ? ["number"] : Array.Empty<string>(), "direction", "country", "cost_centre", "currency",
        ];
        _upsert = new UnnestUpsert<Sum>($"ledger.{table}", key, $"{{0}} = {table}.{{0}} + excluded.{{0}}")
            .Column("tenant_id", "text", s => s.Key.Company)
            .Column(start, type, s => s.Key.Start);
        _ = hasEpoch ? _upsert.Column("epoch", "bigint", s => s.Key.Epoch) : _upsert;
        _upsert.Column("source", "text", s => s.Key.Source).Column("service", "text", s => s.Key.Service);
        _ = hasNumber ? _upsert.Column("number", "text", s => s.Key.Number) : _upsert;
        _upsert.Column("direction", "text", s => s.Key.Direction)
            .Column("country", "text", s => s.Key.Country)
            .Column("cost_centre", "text", s => s.Key.CostCentre)
            .Column("currency", "text", s => s.Key.Currency)
            .Column("lines", "bigint", s => s.Lines)
            .Column("quantity", "bigint", s => s.Quantity)
            .Column("amount", "numeric", s => s.Amount);
    }

    public void Queue(IDocumentOperations operations, IReadOnlyList<CostRow> rows)
    {
        var sums = new Dictionary<SumKey, Sum>();
        foreach (var row in rows)
        {
            var charge = row.Line.Charge;
            var key = new SumKey(
                row.Company, _startOf(row), _hasEpoch ? row.Sequence / CostTables.Epoch : 0, CostTables.SourceOf(row),
                charge.Service, _hasNumber ? charge.Number ?? "" : "", charge.Direction ?? "", row.Country ?? "",
                charge.CostCentre, charge.Price.Currency);
            var sum = sums.GetValueOrDefault(key) ?? new(key, 0, 0, 0);
            sums[key] = sum with
            {
                Lines = sum.Lines + 1,
                Quantity = sum.Quantity + charge.Price.Quantity,
                Amount = sum.Amount + charge.Price.Amount,
            };
        }
        operations.QueueSqlCommand(_upsert.Sql, _upsert.Parameters([.. sums.Values
            .OrderBy(s => s.Key.Company, StringComparer.Ordinal).ThenBy(s => s.Key.Start).ThenBy(s => s.Key.Epoch)]));
    }

    private sealed record Sum(SumKey Key, long Lines, long Quantity, decimal Amount);

    private readonly record struct SumKey(
        string Company, TStart Start, long Epoch, string Source, string Service, string Number, string Direction,
        string Country, string CostCentre, string Currency);
}
