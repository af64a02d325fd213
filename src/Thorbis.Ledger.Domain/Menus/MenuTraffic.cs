using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

/// <param name="Keys">That the menu took, as a script; <c>?</c> where it is not known which.</param>
public sealed record MenuWalked(string Keys, MenuEnd End, long Calls);

/// <summary>How often the paths of one menu were walked, by the recorded calls of a range. Takes the calls in order of
/// time; how much it keeps does not depend on how many there are.</summary>
/// <remarks>What is in force when a call begins decides on all of it. That a time ran out is not recorded: a key that
/// came after that counts as pressed at once.</remarks>
public sealed class MenuTraffic
{
    /// <summary>Of one call, in all menus together; what comes after is not looked at.</summary>
    public const int KeysMax = 100;

    /// <summary>Of further ones only the calls are counted.</summary>
    private const int PathsMax = 20_000;

    private readonly ConfigurationHistory _history;
    private readonly string _menu;
    private readonly IDateTimeZoneProvider _zones;
    private readonly Queue<Instant> _changes;
    private readonly Dictionary<(string Keys, MenuEnd End), long> _walked = [];
    private readonly SortedDictionary<string, long> _because = new(StringComparer.Ordinal);
    private MenuDoor? _door;
    private MenuGraph? _graph;

    /// <param name="from">No call is earlier.</param>
    /// <param name="to">No call is as late.</param>
    public MenuTraffic(
        ConfigurationHistory history, string menu, Instant from, Instant to, IDateTimeZoneProvider zones)
    {
        (_history, _menu, _zones) = (history, menu, zones);
        _changes = new(history.ChangesBetween(from, to));
    }

    /// <summary>That came to the menu.</summary>
    public long Calls { get; private set; }

    /// <summary>Of which it cannot be told.</summary>
    public long CannotTell { get; private set; }

    /// <summary>Why not, with the calls; one call may have several reasons: names of <see cref="UnknownFact"/>,
    /// <c>Number</c> for the number that was called, <c>Later</c> for what
    /// <see cref="MenuVisitKind.PerhapsLater"/> says.</summary>
    public IReadOnlyDictionary<string, long> Because => _because;

    /// <param name="call">One whose called number is empty cannot be asked about.</param>
    public void Add(CallSituation call)
    {
        Prepare(call.At);
        if (_graph is null)
        {
            return; // The menu is not in force.
        }
        if (call.Called.Length == 0)
        {
            Doubt(["Number"]);
            return;
        }
        var pressed = call.Pressed.Count <= KeysMax ? call : call with { Pressed = [.. call.Pressed.Take(KeysMax)] };
        var visit = _door!.Of(pressed);
        switch (visit.Kind)
        {
            case MenuVisitKind.Came:
                Walk(pressed.Pressed, visit.Before);
                break;
            case MenuVisitKind.Perhaps:
                Doubt(visit.Because.Select(fact => fact.ToString()));
                break;
            case MenuVisitKind.PerhapsLater:
                Doubt(["Later"]);
                break;
        }
    }

    /// <summary>The paths walked most often first, and what is left of them.</summary>
    public (IReadOnlyList<MenuWalked> Paths, long MorePaths, long MoreCalls) Most(int count)
    {
        List<MenuWalked> most =
        [
            .. _walked.Select(walked => new MenuWalked(walked.Key.Keys, walked.Key.End, walked.Value))
                .OrderByDescending(walked => walked.Calls).ThenBy(walked => walked.Keys, StringComparer.Ordinal)
                .ThenBy(walked => walked.End.Node, StringComparer.Ordinal).Take(count),
        ];
        return (most, _walked.Count - most.Count, Calls - most.Sum(walked => walked.Calls));
    }

    /// <summary>What is in force changes only where something was decided.</summary>
    private void Prepare(Instant at)
    {
        var changed = _door is null;
        while (_changes.TryPeek(out var next) && next <= at)
        {
            _changes.Dequeue();
            changed = true;
        }
        if (changed)
        {
            var configuration = _history.InForce(at, _zones);
            _door = new(configuration, _menu);
            _graph = configuration.Menus.TryGetValue(_menu, out var menu) ? new(menu) : null;
        }
    }

    private void Walk(IReadOnlyList<MenuInput> pressed, int before)
    {
        Calls++;
        var path = MenuWalk.Run(_graph!, pressed, before);
        var walked = (string.Join(' ', pressed.Skip(before).Take(path.Inputs)), path.End);
        if (_walked.Count < PathsMax || _walked.ContainsKey(walked))
        {
            _walked[walked] = _walked.GetValueOrDefault(walked) + 1;
        }
    }

    private void Doubt(IEnumerable<string> because)
    {
        CannotTell++;
        foreach (var reason in because)
        {
            _because[reason] = _because.GetValueOrDefault(reason) + 1;
        }
    }
}
