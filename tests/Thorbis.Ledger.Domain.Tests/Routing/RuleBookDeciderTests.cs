using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

public sealed class RuleBookDeciderTests
{
    private static readonly Instant Now = Desk.Now;
    private static readonly Instant Later = Now + Duration.FromDays(7);
    private static readonly Change Mia = new("user:mia", "spring", "203.0.113.7");
    private static readonly Rule First = Desk.Rule(1, new Direct(new ToMember("ann")));
    private static readonly Rule Second = Desk.Rule(2, new Direct(new ToMember("bob")));

    private static readonly RuleBookHistory Two =
        After(RuleBookHistory.Empty, new AddQueue(Desk.Line), new AddRule(First), new AddRule(Second));

    [Fact]
    public void A_fact_carries_who_why_from_where_and_both_times()
    {
        var fact = Only(Decide(Two, new DisableRule(First.Id), Mia with { EffectiveAt = Later }));

        Assert.Equal(
            new RuleDisabled(First.Id)
            {
                OccurredAt = Now,
                EffectiveAt = Later,
                By = "user:mia",
                Reason = "spring",
                Address = "203.0.113.7",
            },
            fact);
    }

    [Fact]
    public void A_rule_is_added_at_its_place()
    {
        var third = Desk.Rule(3, new JoinQueue("line"));

        Assert.Equal([1, 2, 3], Order(After(Two, new AddRule(third))));
        Assert.Equal([3, 1, 2], Order(After(Two, new AddRule(third, Place: 1))));
        Assert.Equal([1, 3, 2], Order(After(Two, new AddRule(third, Place: 2))));
        Assert.Equal("place", Refused(Decide(Two, new AddRule(third, Place: 4))).Field);
    }

    [Fact]
    public void Rules_are_moved_enabled_disabled_duplicated_removed_and_restored()
    {
        Assert.Equal([2, 1], Order(After(Two, new MoveRule(First.Id, 2))));
        Assert.Equal([2, 1], Order(After(Two, new MoveRule(Second.Id, 1))));
        Assert.False(Book(After(Two, new DisableRule(First.Id))).Rules[0].Enabled);
        Assert.True(Book(After(Two, new DisableRule(First.Id), new EnableRule(First.Id))).Rules[0].Enabled);
        Assert.Equal([1, 5, 2], Order(After(Two, new DuplicateRule(First.Id, Desk.Id(5), "Copy"))));
        Assert.Equal([2], Order(After(Two, new RemoveRule(First.Id))));
        Assert.Equal([2, 1], Order(After(Two, new RemoveRule(First.Id), new RestoreRule(First.Id))));
        Assert.Equal([1, 2], Order(After(Two, new RemoveRule(First.Id), new RestoreRule(First.Id, Place: 1))));
    }

    [Fact]
    public void A_copy_is_switched_off_until_it_has_been_looked_at()
    {
        var copy = Book(After(Two, new DuplicateRule(First.Id, Desk.Id(5), "Copy"))).Rules[1];

        Assert.Equal(First with { Id = Desk.Id(5), Name = "Copy", Enabled = false }, copy);
    }

    [Fact]
    public void A_field_can_be_cleared()
    {
        var with = After(Two, new ReviseRule(First with { Fallback = Desk.Box }));

        Assert.Equal(Desk.Box, Book(with).Rules[0].Fallback);
        Assert.Null(Book(After(with, new ReviseRule(First))).Rules[0].Fallback);
    }

    [Fact]
    public void A_stale_edit_is_refused_with_both_versions()
    {
        var refusal = Refused(Decide(Two, new DisableRule(First.Id), Mia with { Version = 2 }));

        Assert.Equal("stale-edit", refusal.Code);
        Assert.Equal("Version 2 was edited, but the present version is 3.", refusal.Detail);
        Assert.IsType<RuleDisabled>(Only(Decide(Two, new DisableRule(First.Id), Mia with { Version = 3 })));
        // Sent again after it was done, it is not stale but so already.
        var done = After(Two, new DisableRule(First.Id));
        Assert.Empty(Facts(Decide(done, new DisableRule(First.Id), Mia with { Version = 3 })));
    }

    [Fact]
    public void Nothing_is_changed_in_the_past()
    {
        var past = Mia with { EffectiveAt = Now - Duration.Epsilon };
        var far = Mia with { EffectiveAt = Now + Change.Ahead + Duration.Epsilon };

        Assert.Equal("effectiveAt", Refused(Decide(Two, new DisableRule(First.Id), past)).Field);
        Assert.Equal("effectiveAt", Refused(Decide(Two, new DisableRule(First.Id), far)).Field);
    }

    [Fact]
    public void What_is_planned_holds_from_its_instant_on()
    {
        var planned = Two.With(Facts(Decide(Two, new DisableRule(First.Id), Mia with { EffectiveAt = Later })));

        Assert.True(planned.InForce(Later - Duration.Epsilon).Rules[0].Enabled);
        Assert.False(planned.InForce(Later).Rules[0].Enabled);
        Assert.True(planned.InForce(Later, known: Now - Duration.Epsilon).Rules is []);
    }

    [Fact]
    public void Of_two_changes_the_one_that_holds_later_wins_whichever_was_recorded_first()
    {
        var muchLater = Later + Duration.FromDays(1);
        var off = Facts(Decide(Two, new DisableRule(First.Id), Mia with { EffectiveAt = muchLater }));
        var on = new RuleEnabled(First.Id) { OccurredAt = Now + Duration.FromHours(1), EffectiveAt = Later };

        var history = Two.With([.. off, on]);

        Assert.True(history.InForce(Later).Rules[0].Enabled);
        Assert.False(history.InForce(muchLater).Rules[0].Enabled);
    }

    [Fact]
    public void A_revision_that_is_planned_keeps_what_others_change_until_then()
    {
        var planned = Two.With(
            Facts(Decide(Two, new ReviseRule(First with { Name = "Spring" }), Mia with { EffectiveAt = Later })));
        var mended = After(planned, new ReviseRule(First with { Ring = new(60, CallRecording.Dual) }));

        Assert.Equal(First with { Ring = new(60, CallRecording.Dual) }, Book(mended).Rules[0]);
        Assert.Equal(
            First with { Name = "Spring", Ring = new(60, CallRecording.Dual) }, mended.InForce(Later).Rules[0]);
    }

    [Fact]
    public void A_former_version_is_restored_as_a_new_fact()
    {
        var changed = After(
            Two, new RemoveRule(First.Id), new BlockCaller("+4930123"), new SetDefaultDestination(Desk.Box));
        var restored = After(changed, new RestoreBook(3));

        Assert.Equal(Two.InForce(Now), Book(restored));
        Assert.Equal(changed.Version + 1, restored.Version);
        Assert.Equal("version", Refused(Decide(Two, new RestoreBook(4))).Field);
    }

    [Fact]
    public void What_is_in_use_is_not_removed()
    {
        var used = After(Two, new AddRule(Desk.Rule(3, new JoinQueue("line"))));
        var elsewhere = Desk.Inventory with { Elsewhere = [new(ReferenceKind.Queue, "line", "", "menu 'Main'")] };

        Assert.Equal(
            new Refusal("in-use", "The queue 'Line' is still used by rule 'R3'."),
            Refused(Decide(used, new RemoveQueue("line"))));
        Assert.Equal(
            "The queue 'Line' is still used by rule 'R3', menu 'Main'.",
            Refused(RuleBookDecider.Decide(used, new RemoveQueue("line"), Mia, elsewhere, Now)).Detail);
        Assert.IsType<QueueRemoved>(Only(Decide(Two, new RemoveQueue("line"))));
    }

    [Fact]
    public void What_something_planned_needs_is_not_removed()
    {
        var add = new AddRule(Desk.Rule(3, new JoinQueue("line")));
        var planned = Two.With(Facts(Decide(Two, add, Mia with { EffectiveAt = Later })));

        var refusal = Refused(Decide(planned, new RemoveQueue("line")));

        Assert.Equal("in-use", refusal.Code);
        Assert.Contains("rule 'R3'", refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("2026-03-17", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Queues_that_overflow_in_a_circle_are_refused()
    {
        var other = Desk.Line with { Id = "other", Name = "Other", Overflow = new ToQueue("line") };
        var both = After(Two, new AddQueue(other));
        var menus = Desk.Inventory with
        {
            Menus = new Dictionary<string, Destination> { ["main"] = new ToQueue("line") },
        };

        Assert.Equal("overflow", Refused(
            Decide(both, new ReviseQueue(Desk.Line with { Overflow = new ToQueue("other") }))).Field);
        Assert.Equal("overflow", Refused(
            Decide(both, new ReviseQueue(Desk.Line with { Overflow = new ToQueue("line") }))).Field);
        Assert.Equal("overflow", Refused(RuleBookDecider.Decide(
            both, new ReviseQueue(Desk.Line with { Overflow = new ToMenu("main") }), Mia, menus, Now)).Field);
    }

    internal static RuleBookHistory After(RuleBookHistory history, params RuleBookCommand[] commands) =>
        commands.Aggregate(history, (known, command) => known.With(Facts(Decide(known, command))));

    internal static IReadOnlyList<RuleBookFact> Facts(Decision<RuleBookFact> decision) =>
        Assert.IsType<Accepted<RuleBookFact>>(decision).Facts;

    private static Decision<RuleBookFact> Decide(
        RuleBookHistory history, RuleBookCommand command, Change? change = null) =>
        RuleBookDecider.Decide(history, command, change ?? Mia, Desk.Inventory, Now);

    private static RuleBookFact Only(Decision<RuleBookFact> decision) => Assert.Single(Facts(decision));

    private static Refusal Refused(Decision<RuleBookFact> decision) =>
        Assert.IsType<Refused<RuleBookFact>>(decision).Why;

    private static RuleBook Book(RuleBookHistory history) => history.InForce(Now);

    private static IEnumerable<int> Order(RuleBookHistory history) =>
        Book(history).Rules.Select(rule => BitConverter.ToInt32(rule.Id.ToByteArray()));
}
