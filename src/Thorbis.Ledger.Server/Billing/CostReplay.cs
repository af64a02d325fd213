using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What the last fact of a stream changed, made anew from all its facts.</summary>
internal sealed record CostReplay(
    IReadOnlyList<CostLine> Lines, IReadOnlyList<Charge> ChargesBefore, IReadOnlyList<Charge> ChargesAfter)
{
    /// <param name="stream">Up to the fact in question, in the ledger's order.</param>
    public static CostReplay Of(List<StreamFact> stream, CompanyTariff tariff)
    {
        var fold = new CostFold(null);
        IReadOnlyList<CostLine> lines = [];
        IReadOnlyList<Charge> before = [];
        for (var i = 0; i < stream.Count; i++)
        {
            var told = stream[i];
            before = fold.Account?.Charges(tariff.Tariff, told.Sequence) ?? [];
            lines = !CostFold.Bills(told.Fact) ? []
                : told.Fact is { Revision: > 0 } and not NumberFact
                    ? fold.Replace(
                        CostBatch.Refolded(StreamReading.Latest(stream.Take(i + 1))), told.Sequence, tariff.Tariff)
                : fold.Take(new(told.Sequence, told.Id, told.Fact), tariff.Tariff);
        }
        return new(lines, before, fold.Account?.Charges(tariff.Tariff, stream[^1].Sequence) ?? []);
    }

    public Charge? Before(CostLineRow line) => Find(ChargesBefore, line);

    public Charge? After(CostLineRow line) => Find(ChargesAfter, line);

    private static Charge? Find(IReadOnlyList<Charge> charges, CostLineRow line) =>
        charges.FirstOrDefault(c => c.Key == line.Charge && Words.Of(c.Source) == line.Source);
}
