using System.Collections.Frozen;

namespace Thorbis.Ledger.Domain.Rating;

/// <summary>The rows of one version, to be found by number: one look-up per length of prefix that occurs.</summary>
internal sealed class PriceList
{
    private static readonly int Units = Enum.GetValues<RateUnit>().Length;
    private readonly Prices?[] prices = new Prices?[Enum.GetValues<Service>().Length * Units];

    public PriceList(IEnumerable<RateRow> rows)
    {
        foreach (var some in rows.GroupBy(row => Index(row.Service, row.Unit)))
        {
            prices[some.Key] = new(
                some.Where(row => row.Prefix is not null).ToFrozenDictionary(row => row.Prefix!),
                some.Where(row => row.NumberType is not null).ToFrozenDictionary(row => row.NumberType!),
                some.FirstOrDefault(row => row is { Prefix: null, NumberType: null }),
                [.. some.Select(row => row.Prefix?.Length ?? 0).Where(n => n > 0).Distinct().OrderDescending()]);
        }
    }

    public RateRow? Find(Service service, RateUnit unit, string? number, string? numberType) =>
        prices[Index(service, unit)]?.Find(number, numberType);

    public bool Sells(Service service, RateUnit unit) => prices[Index(service, unit)] is not null;

    private static int Index(Service service, RateUnit unit) => ((int)service * Units) + (int)unit;

    private sealed class Prices(
        FrozenDictionary<string, RateRow> byPrefix, FrozenDictionary<string, RateRow> byType, RateRow? any,
        int[] lengths)
    {
        private readonly FrozenDictionary<string, RateRow>.AlternateLookup<ReadOnlySpan<char>> _byPrefix =
            byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();

        public RateRow? Find(string? number, string? numberType)
        {
            foreach (var length in lengths)
            {
                if (number?.Length >= length && _byPrefix.TryGetValue(number.AsSpan(0, length), out var row))
                {
                    return row;
                }
            }
            return numberType is not null && byType.TryGetValue(numberType, out var typed) ? typed : any;
        }
    }
}
