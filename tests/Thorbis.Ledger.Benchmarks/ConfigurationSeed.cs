using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>The history of one company's configuration: three years of changes by several people, each as the decider
/// would have told it. The same seed gives the same facts.</summary>
internal sealed class ConfigurationSeed
{
    private const int RulesAlive = 150;
    private const int Schedules = 20;
    private const int Menus = 15;
    private const int Members = 60;

    public static readonly Instant From = Instant.FromUtc(2023, 9, 1, 0, 0);
    public static readonly Instant Until = Instant.FromUtc(2026, 9, 1, 0, 0);

#pragma warning disable CA5394 // Not for secrets: the same history every time.
    private readonly Random _random = new(20);
    private readonly List<Rule> _rules = [];
    private readonly List<string> _blocked = [];
    private readonly Dictionary<int, int> _versions = [];
    private int _made;

    /// <summary>The company's members and numbers, then so many facts of its configuration, in order of time.</summary>
    public static IEnumerable<(string Stream, Fact Fact)> Play(int facts)
    {
        var seed = new ConfigurationSeed();
        foreach (var i in Enumerable.Range(0, Members))
        {
            yield return ($"member/{Member(i)}", new MemberJoined(Member(i), From, Role.Member, "user:0"));
            yield return ($"number/{Number(i)}", new NumberClaimed(Number(i), From, From, null, "user:0"));
        }
        var step = (Until - From) / facts;
        for (var i = 0; i < facts; i++)
        {
            var (stream, fact) = seed.Next(i);
            var at = From + (step * i);
            // One in twenty is planned for some days later.
            var ahead = seed._random.Next(20) == 0 ? Duration.FromHours(seed._random.Next(1, 300)) : Duration.Zero;
            yield return (stream, fact with
            {
                OccurredAt = at,
                EffectiveAt = at + ahead,
                By = $"user:{Member(seed._random.Next(8))}",
                Reason = seed._random.Next(3) == 0 ? "as agreed with the shift leads" : null,
                Address = "192.0.2.7",
            });
        }
    }

    private (string Stream, ConfigurationFact Fact) Next(int i) => i switch
    {
        < Schedules => Schedule(i),
        < Schedules + Menus => Menu(i - Schedules),
        _ => _random.Next(100) switch
        {
            < 58 => (ConfigurationHistory.BookStream, OfBook()),
            < 67 => Schedule(_random.Next(Schedules)),
            < 73 => Menu(_random.Next(Menus)),
            < 97 => Team(_random.Next(Members), member => new AvailabilitySet(
                member, (Availability)_random.Next(5))),
            _ => Team(_random.Next(Members), member => new TeamTermsSet(member, new(null, _random.Next(1, 4)))),
        },
    };

    private RuleBookFact OfBook()
    {
        if (_rules.Count < 20 || (_rules.Count < RulesAlive && _random.Next(8) == 0))
        {
            return Added();
        }
        var place = _random.Next(_rules.Count);
        var rule = _rules[place];
        switch (_random.Next(20))
        {
            case 0:
                _rules.RemoveAt(place);
                return new RuleRemoved(rule.Id);
            case 1 or 2:
                return new RuleMoved(rule.Id, _rules[_random.Next(_rules.Count)].Id);
            case 3 or 4 or 5:
                return rule.Enabled ? new RuleDisabled(rule.Id) : new RuleEnabled(rule.Id);
            case 6 or 7 or 8:
                return Blocked();
            case 9:
                return new DefaultDestinationSet(new ToMailbox($"box{_random.Next(9)}"));
            default:
                _rules[place] = Rule(rule.Id);
                return new RuleRevised(rule, _rules[place]);
        }
    }

    private RuleAdded Added()
    {
        var rule = Rule(new Guid(++_made, 0, 0, new byte[8]));
        var behind = _rules.Count == 0 ? null : (Guid?)_rules[_random.Next(_rules.Count)].Id;
        _rules.Add(rule);
        return new(rule, behind, null);
    }

    /// <summary>Three are blocked for each that is let in again.</summary>
    private RuleBookFact Blocked()
    {
        if (_blocked.Count > 0 && _random.Next(4) == 0)
        {
            var caller = _blocked[_random.Next(_blocked.Count)];
            _blocked.Remove(caller);
            return new CallerUnblocked(caller);
        }
        _blocked.Add($"+1900{_random.Next(10_000_000):0000000}");
        return new CallerBlocked(_blocked[^1]);
    }

    private Rule Rule(Guid id) => new(
        id, $"Rule {_random.Next(10_000)}", _random.Next(10) > 0,
        [
            new CalledNumber([.. Enumerable.Range(_random.Next(40), 4).Select(Number)]),
            new CallerPrefix([$"+1{_random.Next(200, 999)}", $"+44{_random.Next(100)}"]),
        ],
        new RoundRobin([.. Enumerable.Range(_random.Next(40), 6).Select(Member)]),
        new(_random.Next(5, 120), CallRecording.Single), new ToMailbox($"box{_random.Next(9)}"), null);

    private (string, ConfigurationFact) Schedule(int i)
    {
        var (id, version) = (new Guid(i, 1, 0, new byte[8]), _versions[i] = _versions.GetValueOrDefault(i) + 1);
        var terms = new Schedule(
            $"Schedule {i}", "America/New_York",
            [.. Enumerable.Range(1, 5).Select(day => new OpenRange(
                (IsoDayOfWeek)day, new LocalTime(8 + _random.Next(2), 0), new LocalTime(17, 0)))],
            new ToMailbox($"box{_random.Next(9)}"),
            [.. HolidayTemplates.All[0].Holidays.Take(_random.Next(4, 11))]);
        return ($"schedule/{id}", version == 1
            ? new ScheduleDefined(id, version, terms)
            : new ScheduleRevised(id, version, terms));
    }

    private (string, ConfigurationFact) Menu(int i)
    {
        var menu = new Menu($"menu{i}", $"Menu {_random.Next(100)}", "n0",
            [.. Enumerable.Range(0, 12).Select(n => new MenuNode(
                $"n{n}", new SpokenText($"Press 1 to go on, 2 for the queue ({_random.Next(1000)}).", "en-US", "anna"),
                [
                    new("1", n < 11 ? new OpenSubmenu($"n{n + 1}") : new HangUpCall()),
                    new("2", new LeaveMessage($"box{_random.Next(9)}")),
                ],
                5, 1, null, new HangUpCall()))]);
        return ($"menu/{menu.Id}", new MenuRevised(menu.Id, menu));
    }

    private static (string, ConfigurationFact) Team(int i, Func<string, ConfigurationFact> fact) =>
        ($"team/{Member(i)}", fact(Member(i)));

    private static string Member(int i) => new Guid(i, 2, 0, new byte[8]).ToString();

    private static string Number(int i) => $"+1202555{i:0000}";
}
