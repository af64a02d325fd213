using NodaTime;

namespace Thorbis.Ledger.Domain.Numbers;

/// <summary>A company's word that it holds a number.</summary>
/// <param name="From">First instant of the holding, inclusive.</param>
/// <param name="Until">First instant after it; null while it lasts.</param>
public sealed record NumberHolding(string Number, Instant From, Instant? Until);

public static class NumberDecider
{
    /// <summary>No number in the ledger was held before this: no webhook of Telnyx is older.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(2009, 1, 1, 0, 0);

    /// <summary>How far ahead the end of a holding may lie.</summary>
    public static readonly Duration Ahead = Duration.FromDays(3660);

    /// <summary>
    /// Registers a holding. Always possible, whoever else says the same: a claim attributes nothing until an
    /// operator confirms it.
    /// </summary>
    /// <param name="claimed">What this company has said of this number before, confirmed or not.</param>
    public static Decision<NumberFact> Claim(
        IReadOnlyCollection<NumberHolding> claimed, NumberHolding holding, string by, Instant now)
    {
        if (!PhoneNumber.IsE164(holding.Number))
        {
            return Refusal.Of("number", "A number is written as + and 5 to 15 digits, country code first.");
        }
        if (holding.From < Earliest || holding.From > now + Ahead)
        {
            return Refusal.Of("from", "The holding begins in 2009 or later, and within ten years from now.");
        }
        if (holding.Until <= holding.From || holding.Until > now + Ahead)
        {
            return Refusal.Of("until", "The holding ends after its begin, and ten years from now at the latest.");
        }
        return claimed.Contains(holding)
            ? new Accepted<NumberFact>([])
            : new NumberClaimed(holding.Number, now, holding.From, holding.Until, by);
    }
}
