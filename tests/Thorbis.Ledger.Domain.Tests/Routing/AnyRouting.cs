using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>Configurations and calls of any kind, also such as would be refused: what they name may be missing, lead in
/// circles, or be none at all.</summary>
internal static class AnyRouting
{
    private static readonly string[] Members = ["ann", "bob", "cat", "gone"];
    private static readonly string[] Queues = ["q1", "q2", "gone"];
    private static readonly string[] MenuIds = ["m1", "m2", "gone"];
    private static readonly string[] Schedules = ["s1", "s2", "gone"];
    private static readonly string[] Numbers = [Desk.Sales, Desk.Support];
    private static readonly string[] Nodes = ["a", "b", "c", "gone"];

    private static readonly Gen<string> Member = Gen.OneOf(Members);

    private static readonly Gen<Destination> To = Gen.OneOf(
        Member.Select(m => (Destination)new ToMember(m)),
        Member.Select(m => (Destination)new ToMember(m)),
        Gen.OneOf(Queues).Select(q => (Destination)new ToQueue(q)),
        Gen.OneOf(MenuIds).Select(m => (Destination)new ToMenu(m)),
        Gen.OneOf<Destination>(
            Desk.Box, new ToNumber("+4940"), new ToHangUp(), new ToBusy(), new ToReject(),
            new ToAnnouncement(Desk.Say("Closed."))));

    private static readonly Gen<Destination?> ToMaybe =
        Gen.Select(Gen.Bool, To, (some, to) => some ? to : null);

    private static readonly Gen<WeekRange> Range = Gen.Select(
        Gen.Int[0, 8], Gen.Int[-10, 1500], Gen.Int[0, 3000],
        (day, from, to) => new WeekRange((IsoDayOfWeek)day, from, to));

    private static readonly Gen<Condition> Condition = Gen.OneOf(
        Gen.OneOf(Numbers).Array[0, 2].Select(n => (Condition)new CalledNumber(n)),
        Gen.OneOf("+49", "+1", "", "+4930123456").Array[0, 2].Select(p => (Condition)new CallerPrefix(p)),
        Gen.OneOf(Desk.Caller, "+15550").Array[0, 2].Select(c => (Condition)new CallerList(c)),
        Gen.OneOf<Condition>(new AnonymousCaller()),
        Gen.OneOf("vip", "eu").Select(t => (Condition)new NumberTag(t)),
        Gen.OneOf("c1", "c2").Array[0, 2].Select(c => (Condition)new FromCustomer(c)),
        Gen.Select(Gen.OneOf("UTC", "Asia/Kathmandu", "None"), Range.Array[0, 3]).Select(
            (zone, ranges) => (Condition)new TimeOfWeek(zone, ranges)),
        Gen.Select(Gen.OneOf(Schedules), Gen.Enum<HoursState>()).Select(
            (schedule, state) => (Condition)new HoursCondition(schedule, state)));

    private static readonly Gen<RuleAction> Action = Gen.OneOf(
        To.Select(to => (RuleAction)new Direct(to)),
        Member.Array[0, 4].Select(m => (RuleAction)new RoundRobin(m)),
        Member.Array[0, 4].Select(m => (RuleAction)new Simultaneous(m)),
        Gen.OneOf(MenuIds).Select(m => (RuleAction)new PlayMenu(m)),
        Gen.OneOf(Queues).Select(q => (RuleAction)new JoinQueue(q)),
        Gen.Select(Gen.OneOf(Schedules), To).Select((s, to) => (RuleAction)new BusinessHours(s, to)));

    public static readonly Gen<Rule> Rule = Gen.Select(
        Gen.Int[1, 6], Gen.Int[0, 9], Condition.Array[0, 3], Action, ToMaybe,
        (id, off, when, then, fallback) => Desk.Rule(id, then, when) with { Enabled = off > 0, Fallback = fallback });

    public static readonly Gen<RuleBook> Book = Gen.Select(
        Rule.Array[0, 5], Gen.Int[-1, 3].Array[2], To.Array[2], Gen.Int[0, 9], ToMaybe,
        (rules, sizes, overflow, blocked, otherwise) => new RuleBook(
            rules,
            [.. Queues.Take(2).Select((q, i) => Desk.Line with { Id = q, SizeMax = sizes[i], Overflow = overflow[i] })],
            blocked == 0 ? [Desk.Caller] : [], otherwise));

    private static readonly Gen<MenuAction?> MenuAction = Gen.OneOf(
        To.Select(to => (MenuAction?)new Transfer(to)),
        Gen.OneOf(Queues).Select(q => (MenuAction?)new EnterQueue(q)),
        Gen.OneOf(Nodes).Select(n => (MenuAction?)new OpenSubmenu(n)),
        Gen.OneOf(Nodes).Select(n => (MenuAction?)new PlayMessage(Desk.Say("News."), n)),
        Gen.OneOf<MenuAction?>(
            null, new RepeatNode(), new CallOperator(), new HangUpCall(null), new HangUpCall(Desk.Say("Bye.")),
            new LeaveMessage("box"), new PlayMessage(Desk.Say("News."), null)));

    private static readonly Gen<MenuNode> Node = Gen.Select(
        Gen.OneOf(Nodes), Gen.OneOf("1", "2", "", "12").Array[0, 3], MenuAction.Array[3], Gen.Int[-1, 3],
        MenuAction, (id, keys, actions, retries, otherwise) => new MenuNode(
            id, Desk.Say(id), [.. keys.Select((key, i) => new MenuChoice(key, actions[i]!))], 5, retries,
            retries == 2 ? Desk.Say("No such key.") : null, otherwise));

    public static readonly Gen<Menu> Menu = Gen.Select(
        Gen.OneOf(Nodes), Node.Array[0, 5], ToMaybe,
        (entry, nodes, to) => new Menu("m", "Menu", entry, nodes, to));

    public static readonly Gen<MenuInput> Input = Gen.Select(
        Gen.Int[0, 7], i => i switch
        {
            0 => MenuInput.TimeOut,
            1 => MenuInput.Silence,
            _ => MenuInput.Press("0123456789*#"[i - 2]),
        });

    public static readonly Gen<RoutingConfiguration> Configuration = Gen.Select(
        Book, Menu.Array[2], Gen.Bool.Array[2], ToMaybe, Gen.Int[0, 3].Array[3],
        (book, menus, open, closed, limits) => new RoutingConfiguration(
            book,
            MenuIds.Take(2).Select((id, i) => menus[i] with { Id = id }).ToDictionary(menu => menu.Id),
            Schedules.Take(2).Select((id, i) => (id, open[i])).ToDictionary(
                s => s.id,
                Func<Instant, OpenState> (s) => _ => new(s.Item2, null, s.Item2 ? null : "Holiday", closed)),
            Members.Take(3).Select((m, i) => (m, limits[i])).ToDictionary(
                m => m.m, m => new TeamTerms(m.Item2 == 3 ? "s1" : null, m.Item2)),
            DateTimeZoneProviders.Tzdb));

    private static readonly Gen<MemberState> State = Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, 2],
        (availability, calls) =>
            new MemberState(availability > 4 ? Availability.Available : (Availability)availability, calls));

    /// <summary>Everything is known.</summary>
    public static readonly Gen<CallSituation> Call = Gen.Select(
        Gen.Select(
            Gen.OneOf(Numbers), Gen.OneOf(Desk.Caller, "anonymous", "+15550", "sip:x", null), Gen.Int[0, 19],
            Gen.Long[-100_000_000_000, 100_000_000_000], Gen.OneOf("vip", "eu").Array[0, 2],
            Gen.OneOf("c1", "c2", null)),
        State.Array[4], Gen.Int[0, 3].Array[18], Gen.Int[0, 2].Array[2], Input.Array[0, 4],
        (who, states, turns, waiting, pressed) =>
            new CallSituation(
                who.Item1, who.Item2, who.Item3 == 0 ? CallDirection.Outgoing : CallDirection.Incoming,
                Instant.FromUnixTimeSeconds(who.Item4))
            {
                Tags = who.Item5,
                Customer = new(who.Item6),
                Members = Members.Select((m, i) => (m, states[i])).ToDictionary(m => m.m, m => m.Item2),
                Turns = Enumerable.Range(1, 6).ToDictionary(Desk.Id, IReadOnlyDictionary<string, int> (rule) =>
                    Members.Take(3).Select((m, i) => (m, turns[((rule - 1) * 3) + i]))
                        .ToDictionary(m => m.m, m => m.Item2)),
                Waiting = Queues.Take(2).Select((q, i) => (q, waiting[i])).ToDictionary(q => q.q, q => q.Item2),
                Pressed = pressed,
            });

    /// <summary>A call of which everything is known, and the same with some of that forgotten.</summary>
    public static readonly Gen<(CallSituation Known, CallSituation Partly)> Remembered =
        Gen.Select(Call, Gen.Int[0, 4].Array[24]).Select((call, forget) => (call, Forget(call, forget)));

    /// <summary>What may have become of a call, whatever rules say.</summary>
    public static readonly Gen<Happening> Happening = Gen.Select(
        Gen.Int[0, 9], Gen.Select(Gen.OneOf("sip:ann", "sip:bob", "sip:cat", "+4940", "+4941"), Gen.Bool).Array[0, 3],
        Gen.Bool.Array[3], Gen.OneOf(
            LegTraits.None, LegTraits.None, LegTraits.Spoken, LegTraits.Spoken | LegTraits.Gathered, LegTraits.Queued,
            LegTraits.Recorded),
        Gen.OneOf("q1", "q2", "x").Array[0, 1], Gen.OneOf("caller", "callee"),
        Gen.OneOf("normal_clearing", "user_busy", "call_rejected", "originator_cancel"),
        (open, rung, so, traits, queues, source, cause) => new Happening(
            open > 0,
            [.. rung.Select((leg, i) => new RungLeg(
                leg.Item1, Desk.Now, leg.Item2 && i == rung.Length - 1 ? Desk.Now : null))],
            so[0], traits, so[1] && rung.All(leg => !leg.Item2), so[2] ? queues : [],
            new(Desk.Now, cause, source, null, null), null));

    private static CallSituation Forget(CallSituation call, int[] forget) => call with
    {
        Tags = forget[0] == 0 ? null : call.Tags,
        Customer = forget[1] == 0 ? null : call.Customer,
        Members = call.Members.Where((_, i) => forget[2 + i] != 0).Select((m, i) => KeyValuePair.Create(
            m.Key,
            new MemberState(
                forget[6 + i] == 0 ? null : m.Value.Availability, forget[10 + i] == 0 ? null : m.Value.Calls)))
            .ToDictionary(),
        Turns = call.Turns.Where((_, i) => forget[14 + (i % 6)] > 1).ToDictionary(),
        Waiting = call.Waiting.Where((_, i) => forget[20 + i] != 0).ToDictionary(),
        Pressed = forget[22] > 0 ? call.Pressed
            : [.. call.Pressed.Select((p, i) => i == forget[23] && p.Kind == MenuInputKind.Key ? MenuInput.Masked : p)],
    };
}
