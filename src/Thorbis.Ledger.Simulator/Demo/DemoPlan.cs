using NodaTime;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>What happened to a company's configuration until today: set up before the traffic begins, then changed by
/// several people, with a mistake and its correction.</summary>
/// <param name="members">Ids by role.</param>
/// <param name="today">In the company's zone.</param>
internal sealed class DemoPlan(
    SimulatedCompany company, IReadOnlyDictionary<string, string> members, DemoHours hours, LocalDate today)
{
    /// <summary>Today is so many days after the first step.</summary>
    public const int DaysBefore = 42;

    /// <summary>Of the first step.</summary>
    public const string Opening = "Opening: a box for the front desk";

    private const string Hours = $"/schedules/{DemoHours.Id}";
    private const string YearEnd = "0192d3a0-0000-7000-8000-000000000200";
    private const string December = "0192d3a0-0000-7000-8000-000000000201";
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[company.Zone];
    private readonly DemoRules _rules = new(company, members);
    private readonly bool _german = company.Zone.StartsWith("Europe/", StringComparison.Ordinal);

    /// <summary>Closes at four from this one on; the second last, at least a week ago.</summary>
    private LocalDate Friday => today.PlusDays(-7).Previous(IsoDayOfWeek.Friday);

    /// <summary>In the order of their instants.</summary>
    public IReadOnlyList<DemoStep> Steps => [.. Set().Concat(Said()).Concat(Changed()).OrderBy(step => step.At)];

    /// <summary>On the first day, from nine on.</summary>
    private IEnumerable<DemoStep> Set()
    {
        var minute = 0;
        yield return Post("/mailboxes?mailboxId=front-desk", DemoRules.Mailbox("Front desk"), Opening);
        yield return Post("/mailboxes?mailboxId=orders", DemoRules.Mailbox("Orders"), "Opening: a box for orders");
        yield return Post($"/schedules?scheduleId={DemoHours.Id}", hours.Terms(), "Opening hours");
        yield return Terms("manager", IncomingCalls.Colleagues[..2], "Desks 1 and 2");
        yield return Terms("member", IncomingCalls.Colleagues[2..3], "Desk 3");
        yield return Terms("admin", IncomingCalls.Colleagues[3..], "The shop");
        yield return Post($"/rulebook/queues/{DemoRules.Support}", _rules.Queue("Support"), "Opening: support waits");
        yield return Post($"/rulebook/queues/{DemoRules.Orders}", _rules.Queue("Orders"), "Opening: orders wait");
        yield return Post("/menus", DemoMenu.Terms(members, _german, hoursOnFour: false), "Opening: the menu");
        for (var rule = 1; rule < _rules.All.Count; rule++)
        {
            yield return Post(Rule(rule), _rules.All[rule - 1], $"Opening: rule {rule}");
        }
        yield return new(
            Next(), "owner", HttpMethod.Put, "/rulebook/default",
            new { to = new { kind = "voicemail", mailbox = DemoRules.FrontDeskBox } }, "Nobody is hung up on",
            "/rulebook");

        Instant Next() => At(today.PlusDays(-DaysBefore), 9, minute += 3);

        DemoStep Post(string path, object body, string reason) =>
            new(Next(), "owner", HttpMethod.Post, path, body, reason);

        DemoStep Terms(string role, string[] phones, string reason) => new(
            Next(), "owner", HttpMethod.Put, $"/team/{members[role]}/terms",
            new { callsMax = 2, schedule = DemoHours.Id, phones }, reason, $"/team/{members[role]}");
    }

    /// <summary>What members say of themselves.</summary>
    private IEnumerable<DemoStep> Said()
    {
        yield return Say("manager", -42, 18, "offline", "Begins tomorrow");
        yield return Say("member", -42, 18, "offline", "Begins tomorrow at desk 3");
        yield return Say("admin", -42, 18, "offline", "Begins tomorrow in the shop");
        yield return Say("manager", -41, 8, "available", "First day");
        yield return Say("member", -41, 9, "available", "First day at desk 3");
        yield return Say("admin", -41, 9, "available", "First day in the shop");
        yield return Say("member", -12, 12, "away", "Dentist");
        yield return Say("member", -12, 15, "available", "Back from the dentist");
        yield return Say("manager", -4, 10, "doNotDisturb", "Interviews");
        yield return Say("manager", -4, 13, "available", "Interviews are over");

        DemoStep Say(string role, int day, int hour, string availability, string reason) => new(
            At(today.PlusDays(day), hour, 5), role, HttpMethod.Put, $"/team/{members[role]}/availability",
            new { availability }, reason);
    }

    private IEnumerable<DemoStep> Changed()
    {
        yield return new(
            At(today.PlusDays(-35), 10, 20), "admin", HttpMethod.Put, Blocked(^1), null, "Calls every night");
        yield return new(
            At(today.PlusDays(-30), 11, 0), "owner", HttpMethod.Post, Rule(7), _rules.All[6], "Campaign of the autumn");
        yield return new(
            At(today.PlusDays(-28), 14, 10), "manager", HttpMethod.Put, "/mailboxes/front-desk",
            DemoRules.Mailbox("Front desk", transcribe: true, retentionDays: 90), "Messages are read, not heard",
            "/mailboxes/front-desk");
        yield return new(
            At(today.PlusDays(-24), 9, 30), "manager", HttpMethod.Put, "/menus/main",
            DemoMenu.Terms(members, _german, hoursOnFour: true), "Callers ask for the hours", "/menus/main");
        yield return new(
            At(today.PlusDays(-20), 8, 50), "manager", HttpMethod.Post,
            $"/rulebook/rules/{DemoRules.IdOf(6)}/disable", null, "Off while the greeting is recorded", "/rulebook");
        yield return new(
            At(today.PlusDays(-17), 16, 15), "admin", HttpMethod.Post,
            $"/rulebook/rules/{DemoRules.IdOf(6)}/enable", null, "Was forgotten: off for an hour only", "/rulebook");
        yield return new(
            At(today.PlusDays(-16), 10, 0), "owner", HttpMethod.Delete, $"/rulebook/rules/{DemoRules.IdOf(7)}", null,
            "The campaign is over", "/rulebook");
        yield return new(
            At(Friday.PlusDays(-3), 10, 4), "manager", HttpMethod.Put, Hours,
            new Dictionary<string, object>(hours.Terms("16:00"))
            {
                ["effectiveAt"] = _zone.AtStartOfDay(Friday).ToInstant().ToString(),
            },
            "Short Fridays until spring", Hours);
        foreach (var step in Together())
        {
            yield return step;
        }
    }

    /// <summary>Two change sets: one approved and published, one that is still a draft.</summary>
    private IEnumerable<DemoStep> Together()
    {
        const string Sets = "/change-sets";
        yield return Post(-7, 15, "manager", $"{Sets}?changeSetId={YearEnd}", new
        {
            name = "Year end",
            needsApproval = true,
            draft = new
            {
                commands = (object[])[new { kind = "block_caller", caller = company.Outsiders[^2] }],
                schedules = (object[])
                [
                    new
                    {
                        scheduleId = DemoHours.Id,
                        terms = hours.Terms("16:00", new LocalDate(today.Year, 12, 30)),
                    },
                ],
            },
        }, "Stocktaking, and another nightly caller");
        yield return new(
            At(today.PlusDays(-6), 9, 0), "owner", HttpMethod.Post, $"{Sets}/{YearEnd}/approve", null,
            "Read, and right", $"{Sets}/{YearEnd}");
        yield return Post(
            -6, 11, "manager", $"{Sets}/{YearEnd}/publish", new { }, "As agreed", $"{Sets}/{YearEnd}");
        yield return Post(-2, 17, "manager", $"{Sets}?changeSetId={December}", new
        {
            name = "December",
            needsApproval = true,
            draft = new
            {
                commands = (object[])[new { kind = "disable_rule", ruleId = DemoRules.IdOf(4) }],
            },
        }, "Orders are taken by everybody in December");

        DemoStep Post(int day, int hour, string role, string path, object body, string reason, string? edits = null) =>
            new(At(today.PlusDays(day), hour, 30), role, HttpMethod.Post, path, body, reason, edits);
    }

    private static string Rule(int rule) => $"/rulebook/rules?ruleId={DemoRules.IdOf(rule)}";

    private string Blocked(Index outsider) =>
        $"/rulebook/blocked/{Uri.EscapeDataString(company.Outsiders[outsider])}";

    private Instant At(LocalDate day, int hour, int minute) =>
        _zone.AtLeniently(day.At(new LocalTime(hour, minute))).ToInstant();
}
