using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>What a manager reads.</summary>
public sealed class TraceWordsTests
{
    private static readonly Rule[] Passed =
    [
        Desk.Rule(1, new Direct(Desk.Box)) with { Name = "Old", Enabled = false },
        Desk.Rule(2, new Direct(Desk.Box), new CalledNumber([Desk.Support])) with { Name = "Support" },
        Desk.Rule(3, new Direct(Desk.Box), new CallerPrefix(["+1", "+44"])) with { Name = "English" },
        Desk.Rule(4, new Direct(Desk.Box), new CallerList(["+11", "+12", "+13", "+14"])) with { Name = "VIP" },
        Desk.Rule(5, new Direct(Desk.Box), new AnonymousCaller()) with { Name = "Hidden" },
        Desk.Rule(6, new Direct(Desk.Box), new NumberTag("fair")) with { Name = "Fair" },
        Desk.Rule(7, new Direct(Desk.Box), new FromCustomer([])) with { Name = "Customers" },
        Desk.Rule(8, new Direct(Desk.Box), new TimeOfWeek("Europe/Berlin", [new(IsoDayOfWeek.Monday, 0, 1440)])) with
        {
            Name = "Mondays",
        },
        Desk.Rule(9, new Direct(Desk.Box), new HoursCondition("office", HoursState.Closed)) with { Name = "Night" },
    ];

    [Fact]
    public void Rules_that_do_not_apply_say_why() => Told(
        """
        Rule 'Old' is switched off.
        Rule 'Support' does not apply: the call came to +12025550100, not to +12025550101.
        Rule 'English' does not apply: the caller's number +4930123456 does not begin with +1 or +44.
        Rule 'VIP' does not apply: the caller's number +4930123456 is not one of 4 callers.
        Rule 'Hidden' does not apply: the caller shows the number +4930123456.
        Rule 'Fair' does not apply: the number called does not carry the tag 'fair'.
        Rule 'Customers' does not apply: the caller is linked to no customer.
        Rule 'Mondays' does not apply: the call came on Tuesday at 18:05 in Europe/Berlin, outside of its times.
        Rule 'Night' does not apply: Office hours is open.
        No rule applies.
        The default destination of the rule book is taken.
        The call goes to the busy tone.
        """,
        Desk.Book(Passed), Desk.Call());

    [Fact]
    public void Round_robin_says_who_was_passed_over() => Told(
        """
        Rule 'R1' applies: all its conditions hold.
        Gone is passed over: not a member any more.
        Cat is passed over: not to be disturbed.
        Bob is passed over: 2 calls under way.
        Ann is chosen, with 1 turn so far the next in line.
        The call goes to Ann; unanswered after 20 s, to the voicemail box Box.
        """,
        Desk.Book(Desk.Rule(
            1, new RoundRobin(["gone", "cat", "bob", "ann"]), new CalledNumber([Desk.Sales]), new CallerPrefix(["+49"]))
            with
        { Fallback = Desk.Box }),
        Desk.Call().With("cat", Availability.DoNotDisturb).With("bob", Availability.Available, 2)
            .WithTurns(1, "ann", 1));

    [Fact]
    public void Hours_queues_and_fall_backs_say_what_they_did()
    {
        Told(
            """
            Rule 'R1' applies, as to every call.
            Office hours is closed for New Year.
            The call goes to the voicemail box Box.
            """,
            Desk.Book(Desk.Rule(1, new BusinessHours("office", new ToQueue("line")))), Desk.Call(), open: false);
        Told(
            """
            Rule 'R1' applies, as to every call.
            Office hours is open.
            Queue 'Line' is full: 2 callers.
            The call goes to the voicemail box Box.
            """,
            Desk.Book(Desk.Rule(1, new BusinessHours("office", new ToQueue("line")))),
            Desk.Call() with { Waiting = new Dictionary<string, int> { ["line"] = 2 } });
        Told(
            """
            Rule 'R1' applies: its condition holds.
            There is no queue 'gone'.
            The fall-back of Rule 'R1' is taken.
            Queue 'Line' has room: 1 caller before this one.
            The call goes to Queue 'Line'; who waits too long, to the voicemail box Box.
            """,
            Desk.Book(Desk.Rule(1, new JoinQueue("gone"), new CallerPrefix(["+49"])) with
            {
                Fallback = new ToQueue("line"),
            }),
            Desk.Call() with { Waiting = new Dictionary<string, int> { ["line"] = 1 } });
    }

    [Fact]
    public void Menus_say_where_they_are()
    {
        var book = Desk.Book(Desk.Rule(1, new PlayMenu("main")));
        Told(
            """
            Rule 'R1' applies, as to every call.
            Menu 'Main' waits for a key at 'top'.
            The call goes to Menu 'Main', at 'top'.
            """,
            book, Desk.Call());
        Told(
            """
            Rule 'R1' applies, as to every call.
            Menu 'Main' is left at 'top', after 2 inputs.
            Ann can take the call.
            The call goes to Ann; unanswered after 20 s, to the busy tone.
            """,
            book, Desk.Call() with { Pressed = [MenuInput.TimeOut, MenuInput.Press('2')] });
    }

    [Fact]
    public void What_cannot_be_told_says_why() => Told(
        """
        Whether Rule 'R1' applies cannot be told: it is not known whether the caller was a customer.
        Rule 'R2' applies, as to every call.
        It is not known whose turn it is in Rule 'R2'.
        Ann is chosen, with 0 turns so far the next in line.
        Where the call goes cannot be told. It may go to Ann; unanswered after 20 s, to the busy tone.
        That depends on whether the caller was a customer.
        That depends on whose turn it was in Rule 'R2'.
        """,
        Desk.Book(
            Desk.Rule(1, new Direct(Desk.Box), new FromCustomer([])), Desk.Rule(2, new RoundRobin(["ann", "bob"]))),
        Desk.Call() with { Customer = null, Turns = new Dictionary<Guid, IReadOnlyDictionary<string, int>>() });

    private static void Told(string words, RuleBook book, CallSituation call, bool open = true)
    {
        var configuration = Desk.Configuration(book, open);

        var told = new TraceWords(configuration, Name).Of(Router.Decide(configuration, call));

        Assert.Equal(words.ReplaceLineEndings("\n"), string.Join('\n', told));
    }

    private static string Name(string id) => id == "office" ? "Office hours" : char.ToUpperInvariant(id[0]) + id[1..];
}
