using Thorbis.Ledger.Domain.Menus;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Follows a call from the rule that applies to where it ends up: by the rule's action, else by its fall-back,
/// else by the book's default destination, else it is hung up. Where something is not known it goes on as
/// <see cref="RouteDecision"/> says, and takes down what else there may be.</summary>
internal sealed partial class RouteSearch
{
    /// <summary>From one place to the next; more would be a circle.</summary>
    private const int HopsMax = 24;

    private static readonly Destination[] HangUp = [new ToHangUp()];

    private readonly CompiledBook _book;
    private readonly Hearing _call;
    private readonly CompiledRule? _rule;
    private List<Possibility>? _mayBe;

    /// <summary>What is not known on the way to where it is now.</summary>
    private List<Unknown>? _unknown;

    /// <summary>Where the call goes; null until it is found, and where only possibilities are looked for.</summary>
    private Route? _route;

    /// <summary>What is found from now on is where the call goes, not where it may go.</summary>
    private bool _decides;
    private bool _done;
    private int _stage;

    /// <summary>How many inputs the menus have taken.</summary>
    private int _pressed;

    private RouteSearch(CompiledBook book, Hearing call, CompiledRule? rule) =>
        (_book, _call, _rule, _stage) = (book, call, rule, rule is null ? 1 : 0);

    /// <param name="rule">Null when none applies.</param>
    /// <param name="mayBe">What else there may be is added.</param>
    public static Route Find(CompiledBook book, Hearing call, CompiledRule? rule, ref List<Possibility>? mayBe)
    {
        var search = new RouteSearch(book, call, rule) { _mayBe = mayBe, _decides = true };
        search.Run();
        mayBe = search._mayBe;
        return search._route!;
    }

    /// <summary>Where a call goes if a rule applies of which that is not known.</summary>
    public static void Explore(
        CompiledBook book, Hearing call, CompiledRule rule, List<Unknown> unknown, List<Possibility> mayBe) =>
        new RouteSearch(book, call, rule) { _mayBe = mayBe, _unknown = unknown }.Run();

    private void Run()
    {
        var next = Begin();
        for (var hops = 0; !_done; hops++)
        {
            if (hops == HopsMax)
            {
                Tell(TraceCode.TooManySteps);
                End(HangUp);
            }
            else
            {
                next = next is null ? NextStage() : Follow(next);
            }
        }
    }

    private Destination? Begin() => _rule?.Rule.Then switch
    {
        Direct direct => direct.To,
        RoundRobin => InTurn(_rule),
        Simultaneous => AtOnce(_rule),
        PlayMenu play => new ToMenu(play.Menu),
        JoinQueue join => new ToQueue(join.Queue),
        BusinessHours hours => ByHours(hours),
        _ => null,
    };

    /// <returns>Null when it has none, or the search is over.</returns>
    private Destination? NextStage()
    {
        switch (++_stage)
        {
            case 1:
                return Told(TraceCode.Fallback, _rule?.Id, _rule?.Rule.Fallback);
            case 2:
                return Told(TraceCode.Default, null, _book.Configuration.Book.Default);
            default:
                Tell(TraceCode.HungUp);
                End(HangUp);
                return null;
        }
    }

    /// <returns>Where the call goes on to; null when nobody takes it there, or the search is over.</returns>
    private Destination? Follow(Destination to)
    {
        switch (to)
        {
            case ToMember member:
                Ring(_book.Member(member.Member));
                return null;
            case ToQueue queue:
                return Join(queue);
            case ToMenu menu:
                return Walk(menu);
            default:
                End([to], to is ToNumber ? AfterRinging() : null);
                return null;
        }
    }

    private Destination? ByHours(BusinessHours hours)
    {
        var schedule = _book.ScheduleIndex(hours.Schedule);
        if (schedule < 0)
        {
            Tell(TraceCode.HoursMissing, hours.Schedule);
            return null;
        }
        var state = _call.Hours(schedule);
        Tell(state.Open ? TraceCode.HoursOpen : TraceCode.HoursClosed, hours.Schedule, state.Holiday);
        return state.Open ? hours.WhenOpen : state.Routing;
    }

    private Destination? Join(ToQueue to)
    {
        if (!_book.Queues.TryGetValue(to.Queue, out var queue))
        {
            Tell(TraceCode.QueueMissing, to.Queue);
            return null;
        }
        if (!_call.Situation.Waiting.TryGetValue(to.Queue, out var waiting))
        {
            Note(new(UnknownFact.Waiting, to.Queue, queue.SizeMax));
            Tell(TraceCode.QueueJoined, to.Queue, number: -1);
            End([to], queue.Overflow, goOn: true);
            return queue.Overflow;
        }
        var full = waiting >= queue.SizeMax;
        Tell(full ? TraceCode.QueueFull : TraceCode.QueueJoined, to.Queue, number: waiting);
        if (!full)
        {
            End([to], queue.Overflow);
        }
        return full ? queue.Overflow : null;
    }

    private Destination? Walk(ToMenu to)
    {
        if (!_book.Menus.TryGetValue(to.Menu, out var graph))
        {
            Tell(TraceCode.MenuMissing, to.Menu);
            return null;
        }
        var path = MenuWalk.Run(graph, _call.Situation.Pressed, _pressed);
        _pressed += path.Inputs;
        var node = path.End.Node;
        switch (path.End.Kind)
        {
            case MenuEndKind.Left:
                Tell(TraceCode.MenuLeft, to.Menu, node, path.Inputs);
                return path.End.To;
            case MenuEndKind.Stuck:
                Tell(TraceCode.MenuStuck, to.Menu, node);
                return null;
            case MenuEndKind.Unknown:
                Note(new(
                    UnknownFact.Key, to.Menu,
                    new Continuation(_book.Configuration, to.Menu, _stage == 0 ? _rule?.Rule.Fallback : null)));
                Tell(TraceCode.MenuKeyUnknown, to.Menu, node);
                Might([to], null, exact: false, node);
                break;
            default:
                Tell(TraceCode.MenuWaits, to.Menu, node);
                break;
        }
        End([to], null, node);
        return null;
    }

    private Destination? Told(TraceCode code, string? of, Destination? to)
    {
        if (to is not null)
        {
            Tell(code, of);
        }
        return to;
    }

    /// <summary>Where a call goes on to that rings where it is now, and nobody answers.</summary>
    private Destination? AfterRinging() => _stage switch
    {
        0 => _rule!.Rule.Fallback ?? _book.Configuration.Book.Default,
        1 => _book.Configuration.Book.Default,
        _ => null,
    };

    /// <param name="goOn">What follows is looked at as well, as what may be.</param>
    private void End(
        IReadOnlyList<Destination> targets, Destination? otherwise = null, string? node = null, bool goOn = false)
    {
        if (_decides)
        {
            _route = RouteTo(targets, otherwise, node);
            _decides = false;
        }
        else
        {
            Might(targets, otherwise, exact: true, node);
        }
        _done = !goOn;
    }

    /// <summary>Takes down where the call may go, without going there.</summary>
    private void Might(IReadOnlyList<Destination> targets, Destination? otherwise, bool exact, string? node = null) =>
        (_mayBe ??= []).Add(new([.. _unknown ?? []], RouteTo(targets, otherwise, node), exact));

    private Route RouteTo(IReadOnlyList<Destination> targets, Destination? otherwise, string? node) => new(
        _rule?.Rule.Id, targets, _rule?.Rule.Ring ?? RingSettings.Default, otherwise, _rule?.Rule.Notice, node);

    private void Note(Unknown unknown) => (_unknown ??= []).Add(unknown);

    /// <summary>The trace follows the way that the decision takes.</summary>
    private void Tell(TraceCode code, string? of = null, string? value = null, int number = 0)
    {
        if (_decides)
        {
            _call.Tell(code, of, value, number);
        }
    }
}
