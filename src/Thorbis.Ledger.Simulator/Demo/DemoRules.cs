using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>The rules, queues and voicemail boxes of a company.</summary>
/// <param name="members">Ids by role.</param>
internal sealed class DemoRules(SimulatedCompany company, IReadOnlyDictionary<string, string> members)
{
    public const string FrontDeskBox = "front-desk";
    public const string OrdersBox = "orders";

    // As the traffic names them.
    public const string Support = "support";
    public const string Orders = "orders";

    private const int RegularCallers = 4;
    private static readonly object Voicemail = new { kind = "voicemail", mailbox = FrontDeskBox };
    private static readonly object Open = new { kind = "schedule", schedule = DemoHours.Id, state = "open" };

    /// <summary>Ids are those of the places where the rules began.</summary>
    public static string IdOf(int rule) => $"0192d3a0-0000-7000-8000-00000000000{rule}";

    /// <summary>In their order, from 1 on; the last is the campaign's.</summary>
    public IReadOnlyList<object> All =>
    [
        Rule(
            "Without a number", [new { kind = "anonymous_caller" }],
            new { kind = "direct", to = new { kind = "reject" } }),
        Rule(
            "Regular customers", [new { kind = "caller_list", callers = company.Outsiders.Take(RegularCallers) }],
            new { kind = "round_robin", members = Ids("manager", "member", "admin") }),
        Rule(
            "Front desk", [Called(0, 1)],
            new
            {
                kind = "business_hours",
                schedule = DemoHours.Id,
                whenOpen = new { kind = "menu", menu = DemoMenu.Id },
            }),
        Rule("Orders line", [Called(2)], new { kind = "queue", queue = Orders }),
        Rule(
            "Workshop", [Called(3), Open],
            new { kind = "direct", to = new { kind = "member", member = members["member"] } }),
        Rule("While open", [Open], new { kind = "menu", menu = DemoMenu.Id }),
        Rule(
            "Autumn campaign", [Called(4)],
            new { kind = "direct", to = new { kind = "voicemail", mailbox = OrdersBox } }, place: 1),
    ];

    public object Queue(string name) => new
    {
        name,
        members = Ids("manager", "member"),
        strategy = "longestIdle",
        waitSecondsMax = 240,
        sizeMax = 10,
        announcePosition = true,
        overflow = Voicemail,
    };

    public static object Mailbox(string name, bool transcribe = false, int retentionDays = 30) =>
        new { name, transcribe, retentionDays };

    private static object Rule(string name, object[] when, object then, int? place = null) => new
    {
        name,
        when,
        then,
        ring = new { seconds = 20, recording = "none" },
        fallback = Voicemail,
        place,
    };

    private object Called(params int[] numbers) =>
        new { kind = "called_number", numbers = numbers.Select(number => company.Numbers[number]) };

    private IEnumerable<string> Ids(params string[] roles) => roles.Select(role => members[role]);
}
