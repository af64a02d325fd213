using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What one fact changed of a stream, made anew from all its facts up to it.</summary>
internal sealed record CostReplay(
    IReadOnlyList<CostLine> Lines, IReadOnlyList<Charge> ChargesBefore, IReadOnlyList<Charge> ChargesAfter)
{
    /// <param name="stream">Up to the fact in question, in the ledger's order.</param>
    public static CostReplay Of(List<StreamFact> stream, Tariff tariff)
    {
        var fold = new CostFold(null);
        IReadOnlyList<CostLine> lines = [];
        IReadOnlyList<Charge> before = [];
        for (var i = 0; i < stream.Count; i++)
        {
            before = fold.Account?.Charges(tariff, stream[i].Sequence) ?? [];
            lines = Take(fold, stream, i, tariff);
        }
        return new(lines, before, fold.Account?.Charges(tariff, stream[^1].Sequence) ?? []);
    }

    /// <summary>What a re-rating changed of a stream.</summary>
    /// <param name="stream">Up to the re-rating.</param>
    public static CostReplay Of(List<StreamFact> stream, Placed rerated, Tariff before, Tariff tariff)
    {
        var fold = new CostFold(null);
        for (var i = 0; i < stream.Count; i++)
        {
            Take(fold, stream, i, before);
        }
        var charges = fold.Account is { PricedAt: > 0 } priced ? priced.Charges(before, rerated.Sequence) : [];
        var lines = fold.Reprice(rerated, before, tariff);
        return new(lines, charges, fold.Account?.Charges(tariff, rerated.Sequence) ?? []);
    }

    private static IReadOnlyList<CostLine> Take(CostFold fold, List<StreamFact> stream, int i, Tariff tariff)
    {
        var told = stream[i];
        return !CostFold.Bills(told.Fact) ? []
            : told.Fact is { Revision: > 0 } and not NumberFact
                ? fold.Replace(CostBatch.Refolded(StreamReading.Latest(stream.Take(i + 1))), told.Sequence, tariff)
            : fold.Take(new(told.Sequence, told.Id, told.Fact), tariff);
    }

    /// <summary>The line as it was made anew; null where none was.</summary>
    public CostLine? Made(CostLineRow line) => Lines.FirstOrDefault(made =>
        made.Charge.Key == line.Charge && Words.Of(made.Charge.Source) == line.Source
        && Words.Of(made.Kind) == line.Kind);

    public Charge? Before(CostLineRow line) => Find(ChargesBefore, line);

    public Charge? After(CostLineRow line) => Find(ChargesAfter, line);

    private static Charge? Find(IReadOnlyList<Charge> charges, CostLineRow line) =>
        charges.FirstOrDefault(c => c.Key == line.Charge && Words.Of(c.Source) == line.Source);
}
