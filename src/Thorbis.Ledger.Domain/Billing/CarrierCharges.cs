using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What the carrier reported of a leg: its parts, and what they leave of the total.</summary>
internal static class CarrierCharges
{
    /// <summary>What the parts do not add up to, or the whole where there are no parts.</summary>
    public const string Total = "total";

    private const string RecordingPart = "call-recording";

    public static void Add(List<Charge> charges, Charge like, Leg leg)
    {
        if (leg.Cost is not { } cost)
        {
            return;
        }
        like = like with { Source = CostSource.Carrier };
        var rest = cost.Total;
        var times = new Dictionary<string, int>(cost.Parts.Count);
        foreach (var part in cost.Parts)
        {
            times[part.Part] = times.GetValueOrDefault(part.Part) + 1;
            var key = $"{like.Item}/{part.Part}/{times[part.Part]}";
            charges.Add(like with { Key = key, Service = ServiceOf(like, part), Price = PriceOf(cost, part) });
            rest = rest?.Plus(part.Cost with { Amount = -part.Cost.Amount });
        }
        // Parts in a currency that the total is not in leave nothing that could be told.
        if (rest is not null && (rest.Amount != 0 || cost.Parts.Count == 0))
        {
            charges.Add(like with { Key = $"{like.Item}/{Total}", Price = PriceOf(cost, rest) });
        }
    }

    private static string ServiceOf(Charge like, CallCostPart part) =>
        part.Part == RecordingPart ? ServiceWords.Of(Service.Recording) : like.Service;

    private static ChargePrice PriceOf(LegCost cost, CallCostPart part)
    {
        var seconds = part.BilledSeconds ?? cost.BilledSeconds ?? 0;
        return new(RateUnit.Minute, seconds, seconds, part.Rate, part.Cost.Amount, part.Cost.Currency)
        {
            Part = part.Part,
        };
    }

    private static ChargePrice PriceOf(LegCost cost, Money rest) =>
        new(null, cost.BilledSeconds ?? 0, cost.BilledSeconds ?? 0, null, rest.Amount, rest.Currency)
        {
            Part = Total,
        };
}
