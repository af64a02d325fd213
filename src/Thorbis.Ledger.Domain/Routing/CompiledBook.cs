using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A rule with its conditions made ready.</summary>
/// <param name="Members">Of a rule that rings several.</param>
internal sealed record CompiledRule(
    Rule Rule, string Id, ConditionTest[] Tests, CompiledMember[] Members, bool Enabled);

/// <param name="Terms">Null when there is no such member.</param>
/// <param name="Schedule">The index of the schedule; -1 for none.</param>
internal sealed record CompiledMember(string Id, Destination[] Target, TeamTerms? Terms, int Schedule);

/// <summary>A configuration made ready for many calls: whatever is named by a text has a place in an array.</summary>
internal sealed class CompiledBook
{
    private readonly Dictionary<string, int> _called = [];
    private readonly Dictionary<string, int> _callers = [];
    private readonly Dictionary<string, int> _schedules = [];
    private readonly Dictionary<string, int> _zones = [];
    private readonly Dictionary<string, CompiledMember> _members = [];
    private readonly List<DateTimeZone> _zoneList = [];

    public CompiledBook(RoutingConfiguration configuration)
    {
        Configuration = configuration;
        var book = configuration.Book;
        foreach (var schedule in configuration.Hours.Keys)
        {
            _schedules[schedule] = _schedules.Count;
        }
        Hours = [.. configuration.Hours.Values];
        foreach (var condition in book.Rules.SelectMany(rule => rule.When))
        {
            Number(condition);
        }
        Rules = [.. book.Rules.Select(Compile)];
        Zones = [.. _zoneList];
        Blocked = [.. book.Blocked];
        Menus = configuration.Menus.ToDictionary(menu => menu.Key, menu => new MenuGraph(menu.Value));
        Queues = new(book.Queues.Select(queue => KeyValuePair.Create(queue.Id, queue)).DistinctBy(q => q.Key));
    }

    public RoutingConfiguration Configuration { get; }

    public CompiledRule[] Rules { get; }

    public Func<Instant, OpenState>[] Hours { get; }

    public DateTimeZone[] Zones { get; }

    public HashSet<string> Blocked { get; }

    public Dictionary<string, MenuGraph> Menus { get; }

    public Dictionary<string, Queue> Queues { get; }

    public int CalledIndex(string called) => _called.GetValueOrDefault(called, -1);

    public int CallerIndex(string? caller) => caller is null ? -1 : _callers.GetValueOrDefault(caller, -1);

    public int ScheduleIndex(string? schedule) => schedule is null ? -1 : _schedules.GetValueOrDefault(schedule, -1);

    /// <summary>Also of who is in no rule, as in a menu or behind a schedule.</summary>
    public CompiledMember Member(string member) => _members.TryGetValue(member, out var known) ? known : Make(member);

    private void Number(Condition condition)
    {
        var (indices, texts) = condition switch
        {
            CalledNumber called => (_called, called.Numbers),
            CallerList list => (_callers, list.Callers),
            _ => (_called, []),
        };
        foreach (var text in texts)
        {
            indices.TryAdd(text, indices.Count);
        }
    }

    private CompiledRule Compile(Rule rule)
    {
        var members = rule.Then switch
        {
            RoundRobin turns => turns.Members,
            Simultaneous all => all.Members,
            _ => [],
        };
        return new(
            rule, rule.Id.ToString(), [.. rule.When.Select(Test)], [.. members.Distinct().Select(Kept)], rule.Enabled);
    }

    private ConditionTest Test(Condition condition) => condition switch
    {
        CalledNumber called => new CalledTest(Places(_called, called.Numbers)),
        CallerList list => new CallerTest(Places(_callers, list.Callers)),
        CallerPrefix prefix => new PrefixTest([.. prefix.Prefixes]),
        AnonymousCaller => new AnonymousTest(),
        NumberTag tag => new TagTest(tag.Tag),
        FromCustomer of => new CustomerTest(of.References.Count == 0 ? null : [.. of.References]),
        TimeOfWeek time => new TimeTest(Zone(time.Zone), [.. time.Ranges.Select(Minutes)]),
        HoursCondition hours => new HoursTest(ScheduleIndex(hours.Schedule), hours.State),
        _ => new NeverTest(),
    };

    private static bool[] Places(Dictionary<string, int> indices, IReadOnlyList<string> texts)
    {
        var places = new bool[indices.Count];
        foreach (var text in texts)
        {
            places[indices[text]] = true;
        }
        return places;
    }

    private int Zone(string id)
    {
        if (!_zones.TryGetValue(id, out var index) && Configuration.Zones.GetZoneOrNull(id) is { } zone)
        {
            index = _zoneList.Count;
            _zones[id] = index;
            _zoneList.Add(zone);
            return index;
        }
        return _zones.GetValueOrDefault(id, -1);
    }

    // Ranges that would be refused may be anything; none may overflow.
    private static (int From, int To) Minutes(WeekRange range)
    {
        var day = (Math.Clamp((int)range.Day, 1, 7) - 1) * 1440;
        return (day + Math.Clamp(range.FromMinute, 0, 1440), day + Math.Clamp(range.ToMinute, 0, 2880));
    }

    private CompiledMember Kept(string member) => _members[member] = Member(member);

    private CompiledMember Make(string member)
    {
        var terms = Configuration.Team.GetValueOrDefault(member);
        return new(member, [new ToMember(member)], terms, ScheduleIndex(terms?.Schedule));
    }
}
