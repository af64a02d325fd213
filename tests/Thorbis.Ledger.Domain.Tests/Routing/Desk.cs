using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>A small company: ann, bob and cat, two numbers, a queue, a menu and office hours.</summary>
internal static class Desk
{
    public const string Sales = "+12025550100";
    public const string Support = "+12025550101";
    public const string Caller = "+4930123456";

    /// <summary>A Tuesday, 18:05 in Berlin.</summary>
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 10, 17, 5);

    public static readonly Destination Box = new ToMailbox("box");

    public static readonly Queue Line = new(
        "line", "Line", ["ann", "bob"], QueueStrategy.LongestIdle, 300, 2, null, true, Box, new(60, "1"));

    public static readonly Menu Main = new(
        "main", "Main",
        "top",
        [
            new(
                "top", Say("Welcome."),
                [
                    new("1", new EnterQueue("line")), new("2", new Transfer(new ToMember("ann"))),
                    new("*", new RepeatNode()),
                ],
                5, 1, Say("No such key."), new LeaveMessage("box")),
        ],
        null);

    public static readonly Inventory Inventory = new(
        new HashSet<string> { Sales, Support }, new HashSet<string> { "ann", "bob", "cat" },
        new Dictionary<string, Destination> { ["main"] = Box },
        new Dictionary<string, Destination> { ["office"] = Box },
        new HashSet<string> { "box" }, new HashSet<string> { "tune" }, [], DateTimeZoneProviders.Tzdb);

    private static readonly Dictionary<string, Func<Instant, OpenState>> Opened =
        new() { ["office"] = _ => new(true, null, null, null) };

    private static readonly Dictionary<string, Func<Instant, OpenState>> Closed =
        new() { ["office"] = _ => new(false, null, "New Year", Box) };

    public static Announcement Say(string text) => new SpokenText(text, "en-US", "anna");

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static Rule Rule(int id, RuleAction then, params Condition[] when) =>
        new(Id(id), $"R{id}", true, when, then, new(20, CallRecording.None), null, null);

    /// <summary>Facts that were recorded, each in its stream.</summary>
    public static ConfigurationHistory History(IEnumerable<ConfigurationFact> facts) =>
        ConfigurationHistory.Empty.With(facts.Select((fact, i) => new RecordedChange(
            i + 1, fact is TeamFact team ? $"team/{team.Member}" : DraftDecider.StreamOf(fact), fact)));

    public static RuleBook Book(params Rule[] rules) => new(rules, [Line], [], new ToBusy());

    public static RoutingConfiguration Configuration(params Rule[] rules) => Configuration(Book(rules));

    public static RoutingConfiguration Configuration(RuleBook book, bool open = true) => new(
        book,
        new Dictionary<string, Menu> { ["main"] = Main },
        open ? Opened : Closed,
        new Dictionary<string, TeamTerms>
        {
            ["ann"] = new(null, 1),
            ["bob"] = new(null, 2),
            ["cat"] = new("office", 1),
        },
        DateTimeZoneProviders.Tzdb);

    /// <summary>Everything known: all are available, nobody waits, nobody had a turn.</summary>
    public static CallSituation Call(string called = Sales, string? caller = Caller) =>
        new(called, caller, CallDirection.Incoming, Now)
        {
            Tags = [],
            Customer = new(null),
            Members = new[] { "ann", "bob", "cat" }.ToDictionary(
                member => member, _ => new MemberState(Availability.Available, 0)),
            Turns = Enumerable.Range(1, 9).ToDictionary(
                Id, IReadOnlyDictionary<string, int> (_) => new Dictionary<string, int>()),
            Waiting = new Dictionary<string, int> { ["line"] = 0 },
        };

    public static CallSituation With(
        this CallSituation call, string member, Availability? availability, int? calls = 0) => call with
        {
            Members = new Dictionary<string, MemberState>(call.Members) { [member] = new(availability, calls) },
        };

    public static CallSituation WithTurns(this CallSituation call, int rule, string member, int turns) => call with
    {
        Turns = new Dictionary<Guid, IReadOnlyDictionary<string, int>>(call.Turns)
        {
            [Id(rule)] = new Dictionary<string, int>(call.Turns[Id(rule)]) { [member] = turns },
        },
    };
}
