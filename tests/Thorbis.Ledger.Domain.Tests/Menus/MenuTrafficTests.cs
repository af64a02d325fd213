using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Menus;

/// <summary>Calls to the desk: <c>main</c> sends key 1 to the queue, 2 to ann, and nobody's key to the box.</summary>
public sealed class MenuTrafficTests
{
    private static readonly Instant From = Desk.Now;
    private static readonly Instant To = From + Duration.FromDays(30);
    private static readonly Rule ToMain = Desk.Rule(1, new PlayMenu("main"));

    [Theory, Table("""
        pressed  keys  end
        -        -     waiting
        1        1     queue
        1 7      1     queue     # What comes after the menu is left is not the menu's.
        5 2      5 2   member
        5 5      5 5   voicemail
        ?        ?     unknown
        ? 1      ?     unknown
        """)]
    public void A_call_walks_the_path_of_its_keys(string? pressed, string? keys, string end)
    {
        var walked = Assert.Single(Traffic(History(ToMain), pressed ?? "").Most(200).Paths);

        Assert.Equal((keys ?? "", end, 1L), (walked.Keys, Word(walked.End), walked.Calls));
    }

    [Fact]
    public void The_paths_walked_most_often_come_first_and_the_rest_is_summed()
    {
        var traffic = Traffic(History(ToMain), "1", "2", "1", "", "1", "2", "5 1");

        var (paths, more, calls) = traffic.Most(2);

        Assert.Equal([("1", 3L), ("2", 2L)], paths.Select(path => (path.Keys, path.Calls)));
        Assert.Equal((2L, 2L, 7L), (more, calls, traffic.Calls));
    }

    [Fact]
    public void Each_call_is_told_by_the_menu_in_force_when_it_began()
    {
        var later = From + Duration.FromDays(1);
        var other = Desk.Main with
        {
            Nodes = [Desk.Main.Nodes[0] with { Choices = [new("1", new Transfer(new ToMember("bob")))] }],
        };
        var history = History(ToMain).With(
        [
            new(9, "menu/main", new MenuRevised("main", other) { OccurredAt = From, EffectiveAt = later }),
            new(10, "menu/main", new MenuRetired("main") { OccurredAt = From, EffectiveAt = later.Plus(Hour) }),
        ]);
        var traffic = new MenuTraffic(history, "main", From, To, DateTimeZoneProviders.Tzdb);
        foreach (var at in new[] { later - Duration.Epsilon, later, later + Hour })
        {
            traffic.Add(Call("1", at));
        }

        Assert.Equal(
            [("queue", 1L), ("member", 1L)],
            traffic.Most(200).Paths.Select(path => (Word(path.End), path.Calls)).OrderDescending());
        Assert.Equal((2L, 0L), (traffic.Calls, traffic.CannotTell));
    }

    [Fact]
    public void Keys_of_the_menu_before_are_not_this_ones()
    {
        var first = Desk.Main with
        {
            Id = "first",
            Nodes = [Desk.Main.Nodes[0] with { Choices = [new("9", new Transfer(new ToMenu("main")))] }],
        };
        var history = History(Desk.Rule(1, new PlayMenu("first")), menus: first);

        var traffic = Traffic(history, "9 2", "8 9 1", "", "9");

        Assert.Equal(
            [("", 1L), ("1", 1L), ("2", 1L)], traffic.Most(200).Paths.Select(path => (path.Keys, path.Calls)));
        // Who pressed nothing went on to the box, not to this menu.
        Assert.Equal((3L, 0L), (traffic.Calls, traffic.CannotTell));
    }

    [Fact]
    public void What_is_not_known_before_the_menu_is_told_and_after_it_does_not_matter()
    {
        var vip = Desk.Rule(2, new Direct(new ToMember("ann")), new NumberTag("vip"));

        var before = Traffic(History(vip, ToMain), "1");
        var after = Traffic(History(ToMain, vip), "1");
        var same = Traffic(History(Desk.Rule(2, new PlayMenu("main"), new NumberTag("vip")), ToMain), "1");
        var never = Traffic(History(vip, Desk.Rule(3, new Direct(new ToBusy()))), "1");

        Assert.Equal((0L, 1L, "Tags"), (before.Calls, before.CannotTell, Assert.Single(before.Because).Key));
        Assert.Equal((1L, 0L), (after.Calls, after.CannotTell));
        Assert.Equal((1L, 0L), (same.Calls, same.CannotTell));
        Assert.Equal((0L, 0L), (never.Calls, never.CannotTell));
    }

    [Fact]
    public void A_call_that_may_come_to_the_menu_later_is_not_counted()
    {
        var rings = Desk.Rule(1, new Direct(new ToNumber("+4940999"))) with { Fallback = new ToMenu("main") };
        var waits = Desk.Main with
        {
            Id = "first",
            Nodes = [Desk.Main.Nodes[0] with { Otherwise = new Transfer(new ToMenu("main")) }],
        };

        var unanswered = Traffic(History(rings), "");
        var silent = Traffic(History(Desk.Rule(1, new PlayMenu("first")), menus: waits), "");

        Assert.Equal(("Later", 1L), (Assert.Single(unanswered.Because).Key, unanswered.CannotTell));
        Assert.Equal(("Later", 1L), (Assert.Single(silent.Because).Key, silent.CannotTell));
    }

    [Fact]
    public void A_key_of_another_menu_that_is_not_known_matters_where_it_may_lead_here()
    {
        var first = Desk.Main with { Id = "first" };
        var leads = first with
        {
            Nodes = [Desk.Main.Nodes[0] with { Choices = [new("9", new Transfer(new ToMenu("main")))] }],
        };
        var rule = Desk.Rule(1, new PlayMenu("first"));

        var apart = Traffic(History(rule, menus: first), "?");
        var here = Traffic(History(rule, menus: leads), "?");

        Assert.Equal((0L, 0L), (apart.Calls, apart.CannotTell));
        Assert.Equal(("Key", 1L), (Assert.Single(here.Because).Key, here.CannotTell));
    }

    [Fact]
    public void No_more_than_a_hundred_keys_of_a_call_are_looked_at()
    {
        var menu = Desk.Main with { Nodes = [Desk.Main.Nodes[0] with { Choices = [Back] }] };
        var history = ConfigurationHistory.Empty.With(Facts([ToMain], [menu]));

        var walked = Assert.Single(Traffic(history, new string('1', 300)).Most(200).Paths);

        Assert.Equal(MenuTraffic.KeysMax, walked.Keys.Count(c => c == '1'));
    }

    private static readonly Duration Hour = Duration.FromHours(1);

    private static readonly MenuChoice Back = new("1", new OpenSubmenu("top"));

    private static ConfigurationHistory History(Rule rule, Rule? next = null, params Menu[] menus) =>
        ConfigurationHistory.Empty.With(Facts(next is null ? [rule] : [rule, next], [Desk.Main, .. menus]));

    private static IEnumerable<RecordedChange> Facts(Rule[] rules, Menu[] menus)
    {
        var sequence = 0;
        yield return new(++sequence, "rulebook", Signed(new QueueAdded(Desk.Line)));
        foreach (var (i, rule) in rules.Index())
        {
            yield return new(
                ++sequence, "rulebook", Signed(new RuleAdded(rule, i == 0 ? null : rules[i - 1].Id, null)));
        }
        foreach (var menu in menus)
        {
            yield return new(++sequence, $"menu/{menu.Id}", Signed(new MenuDefined(menu.Id, menu)));
        }
    }

    private static ConfigurationFact Signed(ConfigurationFact fact) =>
        fact with { OccurredAt = From - Hour, EffectiveAt = From - Hour };

    private static MenuTraffic Traffic(ConfigurationHistory history, params string[] calls)
    {
        var traffic = new MenuTraffic(history, "main", From, To, DateTimeZoneProviders.Tzdb);
        foreach (var pressed in calls)
        {
            traffic.Add(Call(pressed, From));
        }
        return traffic;
    }

    private static CallSituation Call(string pressed, Instant at)
    {
        Assert.True(MenuInput.TryParse(pressed, out var inputs));
        return new(Desk.Sales, Desk.Caller, CallDirection.Incoming, at) { Pressed = inputs };
    }

    private static string Word(MenuEnd end) => end.To switch
    {
        ToQueue => "queue",
        ToMember => "member",
        ToMailbox => "voicemail",
        _ => end.Kind.ToString().ToLowerInvariant(),
    };
}
