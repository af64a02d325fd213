using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Tests.Routing;
using Thorbis.Ledger.Domain.Tests.Schedules;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

public sealed class StreamDifferencesTests
{
    private static readonly Rule First = Desk.Rule(1, new Direct(Desk.Box));
    private static readonly Rule Second = Desk.Rule(2, new Direct(Desk.Box));

    /// <summary>Facts with an effective instant each, mostly at once; the clock is sometimes set back.</summary>
    private static readonly Gen<RuleBookFact[]> Facts = Gen.Select(
        Gen.Int[0, 5], Gen.Int[-2, 6], Gen.Int[-9, 20], Gen.Int[1, 4]).Array[0, 25].Select(steps =>
        {
            var now = Desk.Now;
            return steps.Select((step, i) =>
            {
                now += Duration.FromMinutes(step.Item2);
                var ahead = Duration.FromMinutes(Math.Max(step.Item3, 0));
                return Fact(step.Item1, Desk.Id(step.Item4), i) with { OccurredAt = now, EffectiveAt = now + ahead };
            }).ToArray();
        });

    [Fact]
    public void Each_fact_is_told_in_force_at_its_instant_and_known_when_it_was_recorded() =>
        Facts.Sample(facts =>
        {
            var some = Unfolding.Of(facts, place => place % 3 == 0, RuleBookState.Empty, RuleBookState.Evolve).ToList();
            var unfolded = Unfolding.Of(facts, _ => true, RuleBookState.Empty, RuleBookState.Evolve).ToList();
            for (var i = 0; i < facts.Length; i++)
            {
                RuleBook Book(int known) =>
                    new RuleBookHistory([.. facts.Take(known)]).InForce(facts[i].EffectiveAt);

                Assert.Equal(
                    (Book(i), Book(i + 1)), (unfolded[i].Before.Book, unfolded[i].After.Book));
            }
            Assert.Equal(
                unfolded.Where((_, i) => i % 3 == 0).Select(told => told.After.Book),
                some.Select(told => told.After.Book));
        });

    [Fact]
    public void A_planned_change_is_told_against_what_will_be_in_force() => Is(
        [
            At(0, new RuleAdded(First, null, null)),
            At(60, new RuleRevised(First, First with { Ring = new(30, CallRecording.None) })),
            At(0, new RuleRevised(First, First with { Name = "Sales" })),
            At(90, new RuleRevised(First, First with { Ring = new(45, CallRecording.None) })),
            At(0, new RuleDisabled(Desk.Id(7))),
        ],
        "rule 'R1' added (every call: to the voicemail box Office, rings 20 s)",
        "rule 'R1': ring time 20 s → 30 s",
        "rule 'R1' renamed to 'Sales'",
        "rule 'Sales': ring time 30 s → 45 s",
        "");

    [Fact]
    public void The_rule_that_was_moved_is_the_one_that_is_told() => Is(
        [
            At(0, new RuleAdded(First, null, null)), At(0, new RuleAdded(Second, First.Id, null)),
            At(0, new RuleMoved(First.Id, Second.Id)), At(0, new RuleMoved(First.Id, null)),
        ],
        "rule 'R1' added (every call: to the voicemail box Office, rings 20 s)",
        "rule 'R2' added (every call: to the voicemail box Office, rings 20 s)",
        "rule 'R1' moved from place 1 to 2", "rule 'R1' moved from place 2 to 1");

    [Fact]
    public void A_retirement_is_final_whatever_was_planned()
    {
        var terms = Plans.Of("UTC", Plans.Week("Fri 09:00-17:00"));
        var id = Desk.Id(1);

        Is(
            [
                At(0, new ScheduleDefined(id, 1, terms)),
                At(0, new ScheduleRevised(id, 2, terms with { Week = Plans.Week("Fri 09:00-16:00") })),
                At(60, new ScheduleRevised(id, 3, terms with { Week = [] })),
                At(30, new ScheduleRetired(id, 4, terms)),
            ],
            "schedule 'office' created (Friday 09:00–17:00, UTC; after hours to the voicemail box Office; 0 holidays)",
            "Friday closes 17:00 → 16:00", "Friday now closed (was 09:00–16:00)", "schedule 'office' removed");
    }

    [Fact]
    public void Menus_and_members_are_told()
    {
        Is(
            [
                At(0, new MenuDefined("main", Desk.Main)),
                At(0, new MenuRevised("main", Desk.Main with { Name = "Front" })), At(0, new MenuRetired("main")),
                At(0, new MenuRestored("main", Desk.Main, 1)),
            ],
            "menu 'Main' created (1 node, begins at 'top')", "renamed to 'Front'", "menu 'Front' removed",
            "menu 'Main' created (1 node, begins at 'top')");
        Is(
            [At(0, new AvailabilitySet("ann", Availability.Away)), At(0, new TeamTermsSet("ann", new("office", 1)))],
            "availability available → away", "schedule set to Office hours");
    }

    [Fact]
    public void Of_a_PIN_only_that_there_is_one_or_another_is_told()
    {
        var box = new Mailbox("box", "Office", null, null, false, 120, 100, null);

        Is(
            [
                At(0, new MailboxDefined("box", box)), At(0, new MailboxPinSet("box")), At(0, new MailboxPinSet("box")),
                At(0, new MailboxRevised("box", box with { Name = "Night" })), At(0, new MailboxPinCleared("box")),
                At(0, new MailboxRetired("box")), At(0, new MailboxRestored("box", box, 1)),
            ],
            "voicemail box 'Office' created (greeting the carrier's own, messages of at most 120 s, kept for ever)",
            "PIN set", "PIN changed", "renamed to 'Night'", "PIN removed", "voicemail box 'Night' removed",
            "voicemail box 'Office' created (greeting the carrier's own, messages of at most 120 s, kept for ever)");
    }

    [Fact]
    public void Only_what_is_wanted_is_told()
    {
        var stream = Stream(
        [
            At(0, new AvailabilitySet("ann", Availability.Away)), At(0, new AvailabilitySet("ann", Availability.Busy)),
        ]);

        var told = Assert.Single(StreamDifferences.Of(stream, new HashSet<long> { 2, 9 }));

        Assert.Equal(2, told.Key);
        Told.Is(told.Value(Told.Names), "availability away → busy");
        Assert.Empty(StreamDifferences.Of([], new HashSet<long> { 1 }));
    }

    [Fact]
    public void Things_of_other_kinds_are_told_by_their_fields() => Told.Is(
        """
        terms.limit | 100 | 150 | limit 100 → 150
        terms.costCentre | - | north | cost centre set to north
        terms.number | +4940 | - | number removed (was +4940)
        """,
        FieldDifferences.Of(
            new Dictionary<string, string> { ["terms.limit"] = "100", ["name"] = "A", ["terms.number"] = "+4940" },
            new Dictionary<string, string>
            {
                ["terms.limit"] = "150",
                ["name"] = "A",
                ["terms.costCentre"] = "north",
            }));

    private static RuleBookFact Fact(int kind, Guid rule, int i) => kind switch
    {
        0 => new RuleDisabled(rule),
        1 => new RuleMoved(rule, null),
        2 => new RuleRemoved(rule),
        3 => new RuleRestored(Desk.Rule(rule.ToByteArray()[0], new Direct(Desk.Box)), null),
        4 => new DefaultDestinationSet(new ToNumber($"+49{i}")),
        _ => new RuleAdded(Desk.Rule(rule.ToByteArray()[0], new Direct(Desk.Box)), null, null),
    };

    private static ConfigurationFact At(int minutes, ConfigurationFact fact) => fact with
    {
        OccurredAt = Desk.Now,
        EffectiveAt = Desk.Now + Duration.FromMinutes(minutes),
    };

    private static List<RecordedChange> Stream(IEnumerable<ConfigurationFact> facts) =>
        [.. facts.Select((fact, i) => new RecordedChange(i + 1, "stream", fact))];

    /// <summary>Sentences of each fact, an empty one where it told nothing.</summary>
    private static void Is(ConfigurationFact[] facts, params string[] expected)
    {
        var stream = Stream(facts);
        var told = StreamDifferences.Of(stream, stream.Select(fact => fact.Sequence).ToHashSet());
        Assert.Equal(
            expected,
            stream.Select(fact => string.Join("; ", told[fact.Sequence](Told.Names).Select(change => change.Words))));
    }
}
