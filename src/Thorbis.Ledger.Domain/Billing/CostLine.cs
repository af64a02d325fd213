namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What a cost line does to the sums.</summary>
public enum CostLineKind
{
    /// <summary>Something billable became known.</summary>
    Charge,

    /// <summary>What is known of it changed: the difference.</summary>
    Adjustment,

    /// <summary>It turned out to count elsewhere: what had been charged, taken back; a charge follows.</summary>
    Reversal,
}

/// <summary>A line of the cost ledger: what one fact changed of one charge. Never edited.</summary>
/// <param name="Charge">With the line's own quantities and amount, which may be negative.</param>
/// <param name="Facts">All facts that the charge rests on, by their ids.</param>
public sealed record CostLine(CostLineKind Kind, Charge Charge, IReadOnlyList<Guid> Facts)
{
    /// <summary>The lines that lead from one pricing of a stream to the next; none where nothing changed.</summary>
    public static IEnumerable<CostLine> Between(
        IReadOnlyList<Charge> before, CostAccount account, IReadOnlyList<Charge> after)
    {
        foreach (var old in before)
        {
            var now = Find(after, old.Key, old.Source);
            if (now is null || !Comparable(old, now))
            {
                yield return new(CostLineKind.Reversal, Negative(old), account.FactsOf(old));
            }
            else if (Difference(old, now) is { } difference)
            {
                yield return new(CostLineKind.Adjustment, difference, account.FactsOf(now));
            }
        }
        foreach (var now in after)
        {
            var old = Find(before, now.Key, now.Source);
            if (old is null || !Comparable(old, now))
            {
                yield return new(CostLineKind.Charge, now, account.FactsOf(now));
            }
        }
    }

    private static Charge? Find(IReadOnlyList<Charge> charges, string key, CostSource source)
    {
        for (var i = 0; i < charges.Count; i++)
        {
            if (charges[i].Source == source && charges[i].Key == key)
            {
                return charges[i];
            }
        }
        return null;
    }

    /// <summary>In the same sums, and near enough that their difference is a decimal.</summary>
    private static bool Comparable(Charge old, Charge now) =>
        old.CountsWith(now) && Math.Abs(old.Price.Amount) < decimal.MaxValue / 2
            && Math.Abs(now.Price.Amount) < decimal.MaxValue / 2;

    private static Charge Negative(Charge charge) => charge with
    {
        Price = charge.Price with
        {
            Quantity = -charge.Price.Quantity,
            BilledQuantity = -charge.Price.BilledQuantity,
            Amount = -charge.Price.Amount,
        },
    };

    private static Charge? Difference(Charge old, Charge now) =>
        (old.Price.Quantity, old.Price.BilledQuantity, old.Price.Amount)
            == (now.Price.Quantity, now.Price.BilledQuantity, now.Price.Amount)
            ? null
            : now with
            {
                Price = now.Price with
                {
                    Quantity = now.Price.Quantity - old.Price.Quantity,
                    BilledQuantity = now.Price.BilledQuantity - old.Price.BilledQuantity,
                    Amount = now.Price.Amount - old.Price.Amount,
                },
            };
}
