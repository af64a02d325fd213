using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

public sealed class DraftDeciderTests
{
    private static readonly Change Change = new("user:mia");
    private static readonly Schedule Hours = new("Hours", "Europe/Berlin", WeekPresets.Weekdays, Desk.Box, []);

    [Fact]
    public void An_empty_draft_comes_to_nothing()
    {
        Assert.Empty(Facts(new()));
        Assert.Same(ConfigurationHistory.Empty, DraftDecider.With(ConfigurationHistory.Empty, Facts(new())));
    }

    /// <summary>A menu names a queue that is added, a rule the menu and a schedule.</summary>
    [Fact]
    public void What_is_drafted_together_may_name_each_other()
    {
        var office = Guid.Parse("00000000-0000-0000-0000-000000000009");
        var draft = new ConfigurationDraft(
            [
                new AddQueue(Desk.Line),
                new AddRule(Desk.Rule(1, new BusinessHours($"{office}", new ToMenu("main")))),
                new EnableRule(Desk.Id(1)), new DisableRule(Desk.Id(1)),
            ],
            [new(office, Hours)], [Desk.Main]);

        var facts = Facts(draft);
        var after = DraftDecider.With(ConfigurationHistory.Empty, facts).InForce(Desk.Now, DateTimeZoneProviders.Tzdb);

        Assert.Equal(
            [typeof(ScheduleDefined), typeof(MenuDefined), typeof(QueueAdded), typeof(RuleAdded), typeof(RuleDisabled)],
            facts.Select(fact => fact.GetType()));
        Assert.False(Assert.Single(after.Book.Rules).Enabled);
        Assert.Equal(Desk.Main, after.Menus["main"]);
        Assert.Equal([$"{office}"], after.Hours.Keys);
    }

    [Fact]
    public void A_refusal_names_its_field()
    {
        var (good, bad) = (Desk.Rule(1, new Direct(Desk.Box)), Desk.Rule(2, new Direct(new ToMember("nobody"))));

        Assert.Equal("commands[1].rule.then.to.member", Refused(new([new AddRule(good), new AddRule(bad)])));
        Assert.Equal("commands[0].place", Refused(new([new AddRule(good, 2)])));
        Assert.Equal("commands[0]", Refused(new([new EnableRule(Desk.Id(7))])));
        Assert.Equal("commands[0]", Refused(new([null!])));
        Assert.Equal("commands[0].queue.sizeMax", Refused(new([new AddQueue(Desk.Line with { SizeMax = 0 })])));
        Assert.Equal("commands[0].caller", Refused(new([new BlockCaller("anonymous")])));
        Assert.Equal("commands[0].to.queue", Refused(new([new SetDefaultDestination(new ToQueue("gone"))])));
        Assert.Equal("commands[0].version", Refused(new([new RestoreBook(3)])));
        Assert.Equal("commands", Refused(new([.. Enumerable.Repeat(new BlockCaller("+49301"), 1_001)])));
        Assert.Equal("version", Refused(new(Version: 1)));
        Assert.Equal("version", Refused(new([], Version: 0)));
        Assert.Equal(
            "schedules[0].terms.zone", Refused(new(Schedules: [new(Guid.Empty, Hours with { Zone = "Mars" })])));
        Assert.Equal("menus[0].nodes", Refused(new(Menus: [Desk.Main with { Nodes = [] }])));
        Assert.Equal("menus[0].nodes[0].choices[0].then.queue", Refused(new(Menus: [Desk.Main])));
    }

    /// <summary>What nobody could make any more can still be asked about.</summary>
    [Fact]
    public void A_former_version_is_taken_as_it_was()
    {
        var history = History(new RuleAdded(Desk.Rule(1, new Direct(new ToMember("left"))), null, null));
        history = DraftDecider.With(history, Sign(new RuleRemoved(Desk.Id(1))));

        var former = Assert.IsType<RuleBookRestored>(Assert.Single(Facts(new(Version: 1), history)));

        Assert.Equal(new Direct(new ToMember("left")), former.Book.Rules[0].Then);
        Assert.Empty(Facts(new(Version: 2), history));
        Assert.Equal("commands[0]", Refused(new([new RestoreBook(1)]), history));
    }

    [Fact]
    public void Five_hundred_rules_are_taken_and_one_more_is_not()
    {
        RuleBookCommand[] rules =
            [.. Enumerable.Range(1, 501).Select(i => new AddRule(Desk.Rule(i, new Direct(Desk.Box))))];

        Assert.Equal(500, Facts(new(rules[..500])).Count);
        Assert.Equal("commands", Refused(new(rules)));
    }

    /// <summary>Those that are taken by themselves are, and come to the same.</summary>
    [Fact]
    public void Commands_of_a_draft_come_to_what_they_come_to_one_by_one() =>
        Gen.Select(AnyRouting.Rule, Gen.Int[1, 6], Gen.Int[0, 5], (rule, id, kind) => (RuleBookCommand)(kind switch
        {
            0 => new AddRule(rule with { Then = new Direct(Desk.Box), When = [], Fallback = null }, 1),
            1 => new MoveRule(Desk.Id(id), 1),
            2 => new RemoveRule(Desk.Id(id)),
            3 => new DisableRule(Desk.Id(id)),
            4 => new RestoreRule(Desk.Id(id)),
            _ => new BlockCaller($"+4930123{id}"),
        })).Array[0, 12].Sample(commands =>
        {
            var (book, taken) = (RuleBookHistory.Empty, new List<RuleBookCommand>());
            foreach (var command in commands)
            {
                if (RuleBookDecider.Decide(book, command, Change, Desk.Inventory, Desk.Now)
                    is Accepted<RuleBookFact> { Facts: var facts })
                {
                    book = book.With(facts);
                    taken.Add(command);
                }
            }
            Assert.Equal(book.Facts, Facts(new(taken)).Cast<RuleBookFact>());
        });

    [Fact]
    public void Every_command_is_read_as_it_was_written()
    {
        var (rule, id) = (Desk.Rule(1, new Direct(Desk.Box)), Desk.Id(1));
        RuleBookCommand[] commands =
        [
            new AddRule(rule, 2), new ReviseRule(rule), new DuplicateRule(id, Desk.Id(2), "copy"), new EnableRule(id),
            new DisableRule(id), new MoveRule(id, 3), new RemoveRule(id), new RestoreRule(id), new AddQueue(Desk.Line),
            new ReviseQueue(Desk.Line), new RemoveQueue("line"), new BlockCaller("+49301"), new UnblockCaller("+49301"),
            new SetDefaultDestination(Desk.Box), new RestoreBook(4),
        ];

        var written = LedgerJson.Write(commands);

        Assert.Equal(commands, LedgerJson.Reload(commands));
        Assert.Contains("{\"kind\":\"move_rule\",\"ruleId\":", written, StringComparison.Ordinal);
    }

    /// <summary>Two configurations with the same hours are seen to have the same hours.</summary>
    [Fact]
    public void Terms_that_a_draft_leaves_as_they_are_are_the_same_timetable()
    {
        var history = DraftDecider.With(ConfigurationHistory.Empty, Facts(new(Schedules: [new(Desk.Id(1), Hours)])));
        var renamed = DraftDecider.With(
            history, Facts(new(Schedules: [new(Desk.Id(2), Hours with { Name = "Other" })]), history));

        var key = $"{Desk.Id(1)}";
        Assert.Same(
            history.InForce(Desk.Now, DateTimeZoneProviders.Tzdb).Hours[key],
            renamed.InForce(Desk.Now, DateTimeZoneProviders.Tzdb).Hours[key]);
    }

    internal static ConfigurationHistory History(params ConfigurationFact[] facts) =>
        DraftDecider.With(ConfigurationHistory.Empty, [.. facts.SelectMany(Sign)]);

    private static IReadOnlyList<ConfigurationFact> Sign(ConfigurationFact fact) =>
        [fact with { OccurredAt = Desk.Now, EffectiveAt = Desk.Now, By = "user:mia" }];

    private static IReadOnlyList<ConfigurationFact> Facts(
        ConfigurationDraft draft, ConfigurationHistory? history = null) =>
        Assert.IsType<Accepted<ConfigurationFact>>(Decide(draft, history)).Facts;

    private static string? Refused(ConfigurationDraft draft, ConfigurationHistory? history = null) =>
        Assert.IsType<Refused<ConfigurationFact>>(Decide(draft, history)).Why.Field;

    // What the desk has beside its history cannot be seen by a draft, but its members and numbers can.
    private static Decision<ConfigurationFact> Decide(ConfigurationDraft draft, ConfigurationHistory? history) =>
        DraftDecider.Decide(history ?? ConfigurationHistory.Empty, draft, Change, Desk.Inventory, Desk.Now);
}
