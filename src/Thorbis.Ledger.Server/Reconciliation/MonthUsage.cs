using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Reconciliation;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>The carrier's cost of calls, or of messages, as the ledger holds it.</summary>
/// <param name="Costs">One sum per currency.</param>
/// <param name="Unpriced">How many have no cost, or one in two currencies.</param>
internal sealed record CarrierCost(IReadOnlyList<Money> Costs, long Unpriced)
{
    public decimal In(string currency) =>
        Costs.Where(cost => cost.Currency == currency).Sum(cost => cost.Amount);

    public IEnumerable<Money> NotIn(string currency) =>
        Costs.Where(cost => cost.Currency != currency && cost.Amount != 0);
}

/// <summary>What calls and messages of a range cost, and what was billed beside them.</summary>
/// <param name="Features">One sum per kind and currency.</param>
internal sealed record MonthUsage(
    CarrierCost Calls, CarrierCost Messages, IReadOnlyList<(RecordKind Kind, Money Cost)> Features)
{
    /// <param name="reconciliations">Comparisons of files that tell what features were billed.</param>
    /// <exception cref="ChargesException">One of them cannot be taken.</exception>
    public static async Task<MonthUsage> ReadAsync(
        NpgsqlConnection connection, string company, Instant from, Instant to,
        IReadOnlyList<Guid> reconciliations, CancellationToken stop) => new(
        await SumAsync(connection, "ledger.call", company, from, to, stop),
        await SumAsync(connection, "ledger.message", company, from, to, stop),
        await FeatureRecords.ReadAsync(connection, company, reconciliations, from, to, stop));

    public IReadOnlyList<TieOutLine> LinesIn(string currency) =>
    [
        new(TieOutPart.Usage, "calls", Calls.In(currency)),
        new(TieOutPart.Usage, "messages", Messages.In(currency)),
        .. Features.Where(feature => feature.Cost.Currency == currency)
            .Select(feature => new TieOutLine(TieOutPart.Usage, Words.Of(feature.Kind), feature.Cost.Amount)),
    ];

    public IReadOnlyList<Money> NotIn(string currency) =>
    [
        .. Calls.NotIn(currency), .. Messages.NotIn(currency),
        .. Features.Select(feature => feature.Cost).Where(cost => cost.Currency != currency && cost.Amount != 0),
    ];

    private static async Task<CarrierCost> SumAsync(
        NpgsqlConnection connection, string table, string company, Instant from, Instant to, CancellationToken stop)
    {
        await using var command = connection.Command($"""
            select coalesce(carrier_currency, ''), coalesce(sum(carrier_cost), 0),
                   count(*) filter (where carrier_cost is null)
            from {table} where tenant_id = $1 and usage_at >= $2 and usage_at < $3 group by 1 order by 1
            """, company, from, to);
        command.CommandTimeout = 0;
        var sums = await command.ListAsync(
            row => (Cost: new Money(row.GetDecimal(1), row.GetString(0)), Unpriced: row.GetInt64(2)), stop);
        return new([.. sums.Select(sum => sum.Cost)], sums.Sum(sum => sum.Unpriced));
    }
}
