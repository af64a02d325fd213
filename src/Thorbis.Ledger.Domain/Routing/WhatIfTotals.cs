using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A figure under the one configuration and under the other.</summary>
public readonly record struct BeforeAfter(int Before, int After);

/// <summary>Counts what came of comparing calls.</summary>
/// <param name="draft">The configuration that the draft comes to.</param>
public sealed class WhatIfTotals(RoutingConfiguration draft, RateDeck deck)
{
    private readonly SortedDictionary<UnknownFact, int> _cannotTell = [];
    private readonly SortedDictionary<PriceUnknown, int> _unpriced = [];
    private readonly SortedDictionary<string, decimal> _amounts = new(StringComparer.Ordinal);

    public int Calls { get; private set; }

    public int Moved { get; private set; }

    public int CannotTell { get; private set; }

    /// <summary>Of those that cannot be told, calls from before the company had rules.</summary>
    public int NoRules { get; private set; }

    /// <summary>How many could not be told for want of each; a call may want several.</summary>
    public IReadOnlyDictionary<UnknownFact, int> CannotTellBy => _cannotTell;

    /// <summary>Of calls of which both is certain, those that go to a voicemail box at once.</summary>
    public BeforeAfter Voicemail { get; private set; }

    /// <summary>Of calls of which both is certain, those that a closed schedule decides on.</summary>
    public BeforeAfter AfterHours { get; private set; }

    /// <summary>Moved calls of which it can be told what they would have cost.</summary>
    public int Priced { get; private set; }

    /// <summary>Those of which it cannot, and calls of which it cannot be told whether they move.</summary>
    public IReadOnlyDictionary<PriceUnknown, int> Unpriced => _unpriced;

    /// <summary>Billed seconds of legs to who is rung, more or less.</summary>
    public long Seconds { get; private set; }

    /// <summary>What they cost, by currency.</summary>
    public IReadOnlyDictionary<string, decimal> Amounts => _amounts;

    public void Add(ComparedCall call)
    {
        Calls++;
        var (before, after) = (call.Before, call.After);
        if (before.Certain && after.Certain && call.Old.HasRules)
        {
            Voicemail = Count(Voicemail, IsVoicemail(before), IsVoicemail(after));
            AfterHours = Count(AfterHours, call.AfterHours.Before, call.AfterHours.After);
        }
        switch (call.Comparison.Moved)
        {
            case Routing.Moved.Yes:
                Moved++;
                break;
            case Routing.Moved.CannotTell:
                CannotTell++;
                NoRules += call.Old.HasRules ? 0 : 1;
                foreach (var fact in call.Comparison.Because.Select(unknown => unknown.Fact).Distinct())
                {
                    _cannotTell[fact] = _cannotTell.GetValueOrDefault(fact) + 1;
                }
                break;
            default:
                return;
        }
        Price(call);
    }

    private void Price(ComparedCall call)
    {
        var (difference, why) = TalkPrice.Difference(call, draft, deck);
        if (difference is { } price)
        {
            Priced++;
            Seconds += price.Seconds;
            _amounts[price.Currency] = _amounts.GetValueOrDefault(price.Currency) + price.Amount;
        }
        else if (why is { } reason)
        {
            _unpriced[reason] = _unpriced.GetValueOrDefault(reason) + 1;
        }
    }

    private static BeforeAfter Count(BeforeAfter counted, bool before, bool after) =>
        new(counted.Before + (before ? 1 : 0), counted.After + (after ? 1 : 0));

    private static bool IsVoicemail(RouteDecision decision) => decision.Route.Targets is [ToMailbox];
}
