using Thorbis.Ledger.Domain.Menus;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Compares routes with what became of a call; the table is in docs/decisions-of-calls.md. An answer of null
/// is that it went there; else it says why not, or why that cannot be told.</summary>
internal sealed class RouteMatch(Happening what, RoutingConfiguration configuration)
{
    public static bool IsDifference(ConformityCause cause) => cause is ConformityCause.AnsweredElsewhere
        or ConformityCause.RangElsewhere or ConformityCause.EndedOtherwise;

    /// <param name="exact">False: the call may go on from there, or to some of the targets only.</param>
    public ConformityCause? Of(Route route, bool exact)
    {
        if (what.LeftEarly)
        {
            return ConformityCause.CallerLeft;
        }
        if (!exact && route.MenuNode is not null)
        {
            return ConformityCause.KeysUnknown;
        }
        var cause = route.Targets[0] switch
        {
            ToMember or ToNumber => Rings(route, exact),
            ToQueue queue => Waits(queue, route.Otherwise),
            ToMenu menu => Hears(menu, route),
            var end => Ends(end),
        };
        return exact ? cause : cause ?? ConformityCause.FactsUnknown;
    }

    private ConformityCause? Rings(Route route, bool exact)
    {
        if (what.Rung.Count == 0)
        {
            return RangNobody(route.Targets.All(to => to is ToNumber));
        }
        var wanted = route.Targets.Select(Phones).ToList();
        if (exact && wanted.Exists(phones => phones.Length > 0 && !what.Rung.Any(leg => phones.Contains(leg.Address))))
        {
            return Astray(what.Rung);
        }
        var nameless = wanted.Exists(phones => phones.Length == 0);
        var (next, open) = Next(route.Otherwise);
        var astray = Others([.. wanted.SelectMany(phones => phones), .. next]);
        return astray.Count == 0 ? (nameless && exact ? ConformityCause.RangElsewhere : null)
            : nameless ? ConformityCause.PhonesUnknown
            : open ?? Astray(astray);
    }

    /// <param name="seen">They are numbers. A member's phone that the carrier rings by itself has no leg of its
    /// own.</param>
    private ConformityCause RangNobody(bool seen) =>
        what.TakenUnseen ? seen ? ConformityCause.AnsweredElsewhere : ConformityCause.NotRecorded
        : seen || what.Message || what.Prompted || what.Queued || what.Rejected || what.Busy
            ? ConformityCause.EndedOtherwise
        : ConformityCause.NotRecorded;

    private ConformityCause? Waits(ToQueue to, Destination? overflow)
    {
        var (members, open) = Next(to);
        var (next, more) = Next(overflow);
        var astray = Others([.. members, .. next]);
        if (what.Queues.Any(left => Same(left, to.Queue) || Same(left, configuration.Book.Queue(to.Queue)?.Name)))
        {
            return astray.Exists(leg => leg.TakenAt is not null)
                ? open ?? more ?? ConformityCause.AnsweredElsewhere : null;
        }
        return what.Queues.Count > 0 ? ConformityCause.EndedOtherwise
            : what.Queued ? ConformityCause.NotRecorded
            : what.TakenUnseen ? ConformityCause.AnsweredElsewhere
            : RangWithoutQueue(astray, open);
    }

    private ConformityCause RangWithoutQueue(List<RungLeg> astray, ConformityCause? open) =>
        what.Rung.Count == 0 ? ConformityCause.EndedOtherwise
        : astray.Count == 0 ? ConformityCause.NotRecorded
        : open ?? Astray(astray);

    private ConformityCause? Hears(ToMenu to, Route route)
    {
        if (what.TakenUnseen)
        {
            return ConformityCause.AnsweredElsewhere;
        }
        if (!what.Prompted)
        {
            return what.Rung.Count == 0 ? ConformityCause.EndedOtherwise : ConformityCause.KeysUnknown;
        }
        if (what.Rung.Count == 0 && !what.Message && !what.Queued)
        {
            return null;
        }
        // No key was recorded any more: silence explains where the call went on to, or a key that was not recorded.
        return configuration.Menus.TryGetValue(to.Menu, out var menu)
            && MenuWalk.Run(menu with { Entry = route.MenuNode ?? menu.Entry }, [MenuInput.Silence]).End.To is { } end
            && end is not ToMenu && Of(route with { Targets = [end], MenuNode = null }, exact: true) is null
            ? null : ConformityCause.KeysUnknown;
    }

    private ConformityCause? Ends(Destination to) =>
        what.Taken || what.TakenUnseen ? ConformityCause.AnsweredElsewhere
        : what.Rung.Count > 0 ? ConformityCause.RangElsewhere
        : to switch
        {
            ToMailbox => what.Message ? null : LeftMessage(),
            ToAnnouncement => Only(what.Prompted && !what.Queued && !what.Message),
            ToReject => Only(what.Rejected),
            ToBusy => Only(what.Busy),
            _ => Only(what.HungUp && !what.Busy && !what.Prompted && !what.Queued && !what.Message),
        };

    /// <summary>Who hears a greeting and hangs up leaves nothing that tells what it was the greeting of.</summary>
    private ConformityCause LeftMessage() => what.Prompted || what.Recorded
        ? ConformityCause.NotRecorded
        : ConformityCause.EndedOtherwise;

    private static ConformityCause? Only(bool so) => so ? null : ConformityCause.EndedOtherwise;

    private List<RungLeg> Others(string[] phones) => [.. what.Rung.Where(leg => !phones.Contains(leg.Address))];

    private static ConformityCause Astray(IReadOnlyList<RungLeg> legs) => legs.Any(leg => leg.TakenAt is not null)
        ? ConformityCause.AnsweredElsewhere : ConformityCause.RangElsewhere;

    /// <summary>Which phones may ring where a call goes on to, and why that is not all.</summary>
    private (string[] Phones, ConformityCause? Open) Next(Destination? to) => to switch
    {
        ToMember or ToNumber => (Phones(to), Phones(to).Length == 0 ? ConformityCause.PhonesUnknown : null),
        ToQueue queue => Next(configuration.Book.Queue(queue.Queue)?.Members ?? []),
        ToMenu => ([], ConformityCause.KeysUnknown),
        _ => ([], null),
    };

    private (string[] Phones, ConformityCause? Open) Next(IReadOnlyList<string> members)
    {
        var phones = members.Select(member => Phones(new ToMember(member))).ToList();
        return ([.. phones.SelectMany(of => of)], phones.Exists(of => of.Length == 0)
            ? ConformityCause.PhonesUnknown : null);
    }

    private string[] Phones(Destination to) => to switch
    {
        ToNumber number => [PhoneAddress.Of(number.Number)],
        ToMember { Member: var member } =>
            [.. (configuration.Team.GetValueOrDefault(member)?.Phones ?? []).Select(PhoneAddress.Of)],
        _ => [],
    };

    private static bool Same(string left, string? right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
