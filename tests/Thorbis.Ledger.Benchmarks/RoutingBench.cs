using System.Diagnostics;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>Calls routed on one core, each with its trace, by a book of 50 rules of every kind.</summary>
internal static class RoutingBench
{
    private const int Rules = 50;
    private const int Calls = 1_000;
    private const int Rounds = 3_000;
    private const int Members = 20;

    public static Task<Figures> RunAsync(Rig rig, CancellationToken stop)
    {
        var router = Router.Compile(Configuration());
        var calls = Enumerable.Range(0, Calls).Select(Call).ToArray();
        var (decided, steps) = (0L, 0L);
        Route(Rounds / 10);
        (decided, steps) = (0, 0);
        var since = Stopwatch.GetTimestamp();
        Route(Rounds);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        Rig.Tell(
            $"{Rig.Number(decided)} calls by {Rules} rules in {seconds:F2} s on one core; "
            + $"{(double)steps / decided:F1} steps of trace each");
        return Task.FromResult(new Figures { PerSecond = decided / seconds, Seconds = seconds });

        void Route(int rounds)
        {
            for (var round = 0; round < rounds && !stop.IsCancellationRequested; round++)
            {
                foreach (var call in calls)
                {
                    steps += router.Decide(call).Trace.Count;
                    decided++;
                }
            }
        }
    }

    private static RoutingConfiguration Configuration() => new(
        new([.. Enumerable.Range(0, Rules).Select(Rule)], [.. Enumerable.Range(0, 5).Select(QueueOf)],
            [.. Enumerable.Range(0, 100).Select(i => $"+1900555{i:0000}")], new ToMailbox("general")),
        new Dictionary<string, Menu> { ["main"] = Menu() },
        Enumerable.Range(0, 5).ToDictionary(
            i => $"hours{i}", Func<Instant, OpenState> (i) => Timetable.Of(Office(i)).At),
        Enumerable.Range(0, Members).ToDictionary(Member, i => new TeamTerms($"hours{i % 5}", 2)),
        DateTimeZoneProviders.Tzdb);

    /// <summary>The last one takes every call.</summary>
    private static Rule Rule(int i)
    {
        Condition[] when = i == Rules - 1 ? [] : (i % 7) switch
        {
            0 => [new CalledNumber([Number(i)]), new HoursCondition($"hours{i % 5}", HoursState.Open)],
            1 => [new CalledNumber([Number(i - 1)])],
            2 => [new CallerPrefix([$"+44{i}", $"+49{i}", "+377"]), new CalledNumber([.. Numbers(i, 5)])],
            3 => [new CallerList([.. Enumerable.Range(0, 50).Select(c => $"+1202777{i:00}{c:00}")])],
            4 => [new NumberTag($"tag{i}"), new CalledNumber([.. Numbers(i, 10)])],
            5 => [Lunch(), new CalledNumber([.. Numbers(i, 3)])],
            _ => [new FromCustomer([$"customer{i}"])],
        };
        RuleAction then = (i % 6) switch
        {
            0 => new RoundRobin([.. Enumerable.Range(i % 10, 8).Select(Member)]),
            1 => new Simultaneous([.. Enumerable.Range(i % 10, 4).Select(Member)]),
            2 => new PlayMenu("main"),
            3 => new BusinessHours($"hours{i % 5}", new ToMember(Member(i % Members))),
            4 => new JoinQueue($"queue{i % 5}"),
            _ => new Direct(new ToMember(Member(i % Members))),
        };
        return new(
            Id(i), $"Rule {i}", i % 11 != 10, when, then, new(20, CallRecording.Single), new ToMailbox($"box{i}"),
            null);
    }

    private static CallSituation Call(int call) => new(
        Number(call % 60), $"+{12_027_770_000L + (call * 13 % 10_000)}", CallDirection.Incoming,
        Instant.FromUtc(2026, 9, 1, 0, 0) + Duration.FromMinutes(call * 10))
    {
        Tags = [$"tag{call % 60}"],
        Customer = new(call % 3 == 0 ? $"customer{call % 60}" : null),
        Members = Enumerable.Range(0, Members).ToDictionary(
            Member, i => new MemberState((call + i) % 4 == 0 ? Availability.Away : Availability.Available, i % 3)),
        Turns = Enumerable.Range(0, Rules).ToDictionary(
            Id, IReadOnlyDictionary<string, int> (rule) => Enumerable.Range(0, Members).ToDictionary(
                Member, i => (call + (rule * i)) % 17)),
        Waiting = Enumerable.Range(0, 5).ToDictionary(i => $"queue{i}", i => (call + i) % 12),
    };

    private static Queue QueueOf(int i) => new(
        $"queue{i}", $"Queue {i}", [Member(i), Member(i + 1)], QueueStrategy.LongestIdle, 300, 10, null, true,
        new ToMailbox($"box{i}"), null);

    private static Menu Menu() => new(
        "main", "Main", "top",
        [
            new(
                "top", new SpokenText("Press 1.", "en-US", "anna"), [new("1", new EnterQueue("queue0"))], 5, 2, null,
                new LeaveMessage("general")),
        ],
        null);

    private static TimeOfWeek Lunch() => new(
        "Europe/Berlin",
        [.. Enumerable.Range(1, 5).Select(day => new WeekRange((IsoDayOfWeek)day, 720, 780))]);

    private static IEnumerable<string> Numbers(int from, int count) => Enumerable.Range(from, count).Select(Number);

    private static string Number(int i) => $"+1202555{i:0000}";

    private static string Member(int i) => $"member{i}";

    private static Guid Id(int i) => new(i, 0, 0, new byte[8]);

    /// <summary>9 to 17 on weekdays, closed on Labor Day, by the clock of its zone.</summary>
    private static Schedule Office(int i) => new(
        $"Office {i}", i % 2 == 0 ? "America/New_York" : "Europe/Berlin",
        [.. Enumerable.Range(1, 5).Select(day => new OpenRange(
            (IsoDayOfWeek)day, new LocalTime(9, 0), new LocalTime(17, 0)))],
        new ToMailbox("night"),
        [new("Labor Day", new NthWeekday(9, IsoDayOfWeek.Monday, 1), new ClosedHours())]);
}
