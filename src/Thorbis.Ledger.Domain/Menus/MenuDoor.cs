using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Menus;

public enum MenuVisitKind
{
    /// <summary>The call does not come to the menu.</summary>
    None,

    /// <summary>It does, whatever is not known of it.</summary>
    Came,

    /// <summary>It depends on something that is not known of the call.</summary>
    Perhaps,

    /// <summary>It does if nobody answered where it went first, a wait was too long, or nothing was pressed any
    /// more.</summary>
    PerhapsLater,
}

/// <param name="Before">How many inputs other menus took before.</param>
/// <param name="Because">What decides on it and is not known.</param>
public sealed record MenuVisit(MenuVisitKind Kind, int Before, IReadOnlyList<UnknownFact> Because);

/// <summary>Tells which calls come to one menu. The calls are decided on with the menu replaced by another way out, so
/// that whatever ends there came to it.</summary>
public sealed class MenuDoor
{
    /// <summary>No destination that was ever accepted is this one.</summary>
    private static readonly Destination Behind = new ToAnnouncement(new AudioFile("\0"));

    private readonly RoutingConfiguration _configuration;
    private readonly string _menu;
    private readonly Router _router;
    private readonly Dictionary<Destination, bool> _leads = [];

    /// <param name="menu">Id of a menu; where it is not in force, no call comes to it.</param>
    public MenuDoor(RoutingConfiguration configuration, string menu)
    {
        (_configuration, _menu) = (configuration, menu);
        var through = new MenuNode("door", new AudioFile("\0"), [], 1, 0, null, new Transfer(Behind));
        _router = Router.Compile(configuration with
        {
            Menus = configuration.Menus.ToDictionary(
                known => known.Key,
                known => known.Key == menu ? known.Value with { Entry = "door", Nodes = [through] } : known.Value),
        });
    }

    public MenuVisit Of(CallSituation call)
    {
        var decision = _router.Decide(call);
        var came = Comes(decision.Route);
        List<Possibility> others =
        [
            .. decision.MayBe.Where(other => Comes(other.Route) != came || (!other.Exact && Through(other.Route))),
        ];
        return others.Count > 0
                ? new(MenuVisitKind.Perhaps, 0, [.. others.SelectMany(o => o.If).Select(u => u.Fact).Distinct()])
            : came ? new(MenuVisitKind.Came, Before(decision.Trace), [])
            : decision.MayBe.Select(other => other.Route).Prepend(decision.Route).Any(Later)
                ? new(MenuVisitKind.PerhapsLater, 0, [])
            : new(MenuVisitKind.None, 0, []);
    }

    private static bool Comes(Route route) => route.Targets is [var only] && only == Behind;

    private int Before(IReadOnlyList<TraceStep> trace) => trace
        .Where(step => step.Code == TraceCode.MenuLeft).TakeWhile(step => step.Of != _menu).Sum(step => step.Number);

    /// <summary>A key of another menu is not known that may lead to the menu.</summary>
    private bool Through(Route route) => route.Targets is [ToMenu other] && Leads(other);

    private bool Later(Route route) => route.Otherwise is { } next && Leads(next)
        || route.Targets is [ToMenu waits] && _configuration.Menus.TryGetValue(waits.Menu, out var menu)
            && MenuCoverage.Of(menu).Exits.Any(exit => exit.Key is null && Leads(exit.To));

    /// <summary>A call that goes there may come to the menu in the end.</summary>
    private bool Leads(Destination to)
    {
        if (!_leads.TryGetValue(to, out var leads))
        {
            var (seen, open) = (new HashSet<Destination> { to }, new Stack<Destination>([to]));
            while (!leads && open.TryPop(out var at))
            {
                leads = at is ToMenu { Menu: var menu } && menu == _menu;
                foreach (var next in After(at).Where(seen.Add))
                {
                    open.Push(next);
                }
            }
            _leads[to] = leads;
        }
        return leads;
    }

    private IEnumerable<Destination> After(Destination at) => at switch
    {
        ToMenu menu => Exits(menu.Menu),
        ToQueue queue when _configuration.Book.Queue(queue.Queue) is { } joined => [joined.Overflow],
        ToMember or ToNumber when _configuration.Book.Default is { } last => [last],
        _ => [],
    };

    private IEnumerable<Destination> Exits(string id) => _configuration.Menus.TryGetValue(id, out var menu)
        ? MenuCoverage.Of(menu).Exits.Select(exit => exit.To).Distinct()
        : [];
}
