using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Why it cannot be told what a call would have cost elsewhere.</summary>
public enum PriceUnknown
{
    /// <summary>It cannot be told where it goes.</summary>
    Route,

    /// <summary>Nobody talked: how long somebody else would have is not known.</summary>
    NobodyTalked,

    /// <summary>Under one of the two nobody is rung by name, as in a mailbox, queue or menu, or several are.</summary>
    NoOneRung,

    /// <summary>A member has no phone that was said, or several.</summary>
    Phones,

    /// <summary>The deck has no price for one of the two.</summary>
    Price,
}

/// <summary>What a talk adds where it is forwarded to: the leg to who is rung.</summary>
/// <param name="Seconds">Billed.</param>
public readonly record struct TalkPrice(long Seconds, decimal Amount, string Currency)
{
    /// <summary>What a draft adds to a call, or takes from it, had it been talked as long.</summary>
    /// <param name="deck">As it is now; the version in force when the call began prices both.</param>
    /// <param name="draft">The configuration that the draft comes to.</param>
    public static (TalkPrice? Difference, PriceUnknown? Why) Difference(
        ComparedCall call, RoutingConfiguration draft, RateDeck deck)
    {
        if (call.Comparison.Moved == Moved.CannotTell)
        {
            return (null, PriceUnknown.Route);
        }
        if (call.Talk == 0)
        {
            return (null, PriceUnknown.NobodyTalked);
        }
        var version = deck.At(call.Situation.At);
        var (before, why) = Of(call.Before, call.Old.Configuration, call, version);
        var (after, whyNot) = Of(call.After, draft, call, version);
        return before is { } old && after is { } now
            ? (new(now.Seconds - old.Seconds, now.Amount - old.Amount, version.Currency), null)
            : (null, why ?? whyNot);
    }

    private static (TalkPrice? Price, PriceUnknown? Why) Of(
        RouteDecision decision, RoutingConfiguration configuration, ComparedCall call, DeckVersion version) =>
        decision.Route.Targets switch
        {
            _ when !decision.Certain => (null, PriceUnknown.Route),
            [ToNumber to] => Of(to.Number, call, version),
            [ToMember to] => configuration.Team.GetValueOrDefault(to.Member)?.Phones is [var phone]
                ? Of(phone, call, version)
                : (null, PriceUnknown.Phones),
            _ => (null, PriceUnknown.NoOneRung),
        };

    /// <summary>As cost lines price legs: to a number by its prefix, to a SIP address by the own number; what a deck
    /// does not sell is free.</summary>
    private static (TalkPrice? Price, PriceUnknown? Why) Of(string phone, ComparedCall call, DeckVersion version)
    {
        var number = PhoneNumber.Normalize(phone);
        var service = number is null ? Service.ClientLeg : Service.CallOut;
        if (!version.Sells(service, RateUnit.Minute))
        {
            return (new(0, 0, version.Currency), null);
        }
        var row = version.RowFor(
            service, RateUnit.Minute, number ?? PhoneNumber.Normalize(call.Situation.Called));
        if (row is null)
        {
            return (null, PriceUnknown.Price);
        }
        var rated = Rate.Duration(row, version.Rounding, call.Talk);
        return (new(rated.BilledQuantity, rated.Amount, version.Currency), null);
    }
}
