using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>What cannot work is refused with the field and the reason.</summary>
public sealed class RuleRulesTests
{
    private static readonly Rule Good = Desk.Rule(1, new Direct(new ToMember("ann")));

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void It_rings_5_to_120_seconds(int seconds, bool taken) =>
        Assert.Equal(
            taken ? [] : ["ring.seconds"], Fields(Good with { Ring = new(seconds, CallRecording.Single) }));

    [Fact]
    public void A_rule_without_destination_is_refused()
    {
        Assert.Equal(["then"], Fields(Good with { Then = null! }));
        Assert.Equal(["then.to"], Fields(Good with { Then = new Direct(null!) }));
        Assert.Equal(["then.members"], Fields(Good with { Then = new RoundRobin([]) }));
        Assert.Equal(["then.members"], Fields(Good with { Then = new Simultaneous(["ann", "ann"]) }));
        Assert.Equal(["then.whenOpen"], Fields(Good with { Then = new BusinessHours("office", null!) }));
    }

    [Fact]
    public void What_there_is_not_is_named()
    {
        Assert.Equal(["then.to.member"], Fields(Good with { Then = new Direct(new ToMember("zoe")) }));
        Assert.Equal(["then.members[1]"], Fields(Good with { Then = new RoundRobin(["ann", "zoe"]) }));
        Assert.Equal(["then.menu"], Fields(Good with { Then = new PlayMenu("none") }));
        Assert.Equal(["then.queue"], Fields(Good with { Then = new JoinQueue("none") }));
        Assert.Equal(["then.schedule"], Fields(Good with { Then = new BusinessHours("none", new ToBusy()) }));
        Assert.Equal(["fallback.mailbox"], Fields(Good with { Fallback = new ToMailbox("none") }));
        Assert.Equal(["fallback.announcement.audio"], Fields(
            Good with { Fallback = new ToAnnouncement(new AudioFile("none")) }));
        Assert.Equal(["when[0].numbers[1]"], Fields(When(new CalledNumber([Desk.Sales, "+12025550199"]))));
        Assert.Equal(["when[0].schedule"], Fields(When(new HoursCondition("none", HoursState.Open))));
        Assert.Equal(
            "There is no member 'zoe'.",
            RuleRules.Check(Good with { Then = new Direct(new ToMember("zoe")) }, ["line"], Desk.Inventory)[0].Detail);
    }

    [Fact]
    public void Conditions_are_looked_at_one_by_one()
    {
        Assert.Equal(["when[0].numbers"], Fields(When(new CalledNumber(["12025550100"]))));
        Assert.Equal(["when[0].prefixes"], Fields(When(new CallerPrefix(["49"]))));
        Assert.Equal(["when[0].callers"], Fields(When(new CallerList([]))));
        Assert.Equal(["when[0].tag"], Fields(When(new NumberTag(" "))));
        Assert.Equal(["when[0].zone"], Fields(When(new TimeOfWeek("Berlin", [new(IsoDayOfWeek.Monday, 0, 60)]))));
        Assert.Equal(["when[0]", "when[2].tag"], Fields(
            When(null!, new AnonymousCaller(), new NumberTag(""))));
        Assert.Empty(Fields(When(new FromCustomer([]))));
    }

    [Theory, Table("""
        first             second            taken
        Monday 540 720    Monday 720 1020   true     # The end is not part of a range.
        Monday 540 721    Monday 720 1020   false
        Monday 1200 1500  Tuesday 59 120    false    # It reaches past midnight, until 01:00.
        Monday 1200 1500  Tuesday 60 120    true
        Sunday 1200 1500  Monday 59 120     false
        Sunday 1200 1500  Monday 60 120     true
        Monday 0 1440     Tuesday 0 1440    true
        Monday 540 540    Tuesday 0 1440    false    # Of no length.
        """)]
    public void Ranges_do_not_overlap(string first, string second, bool taken) =>
        Assert.Equal(taken, !Fields(When(new TimeOfWeek("UTC", [Range(first), Range(second)]))).Any());

    [Fact]
    public void Somebody_is_told_of_messages_in_a_voicemail_box_only()
    {
        var notice = new VoicemailNotice(["ann"], true, false, true);

        Assert.Empty(Fields(Good with { Fallback = Desk.Box, Notice = notice }));
        Assert.Equal(["notice"], Fields(Good with { Fallback = new ToBusy(), Notice = notice }));
        Assert.Equal(["notice"], Fields(Good with { Fallback = Desk.Box, Notice = notice with { ByEmail = false } }));
    }

    [Fact]
    public void A_queue_has_members_a_wait_a_size_and_an_overflow()
    {
        Assert.Empty(Fields(Desk.Line));
        Assert.Equal(
            ["members", "waitSecondsMax", "sizeMax", "overflow", "callBack.afterSeconds"],
            Fields(Desk.Line with { Members = [], WaitSecondsMax = 9, SizeMax = 0, Overflow = null! }));
        Assert.Equal(["callBack.key"], Fields(Desk.Line with { CallBack = new(10, "12") }));
        Assert.Equal(["holdAudio"], Fields(Desk.Line with { HoldAudio = "none" }));
    }

    [Fact]
    public void What_is_used_is_said_by_what()
    {
        var book = Desk.Book(
            Desk.Rule(1, new PlayMenu("main")),
            Desk.Rule(2, new Direct(Desk.Box), new HoursCondition("office", HoursState.Open)) with
            {
                Fallback = new ToMenu("main"),
            });

        Assert.Equal(
            "The menu 'Main' is still used by rule 'R1', rule 'R2'.",
            Reference.InUse(ReferenceKind.Menu, "main", "Main", References.Of(book))?.Detail);
        Assert.Equal(
            "The schedule 'Office' is still used by rule 'R2'.",
            Reference.InUse(ReferenceKind.Schedule, "office", "Office", References.Of(book))?.Detail);
        Assert.Null(Reference.InUse(ReferenceKind.Menu, "other", "Other", References.Of(book)));
    }

    private static Rule When(params Condition[] when) => Good with { When = when };

    private static WeekRange Range(string text)
    {
        var parts = text.Split(' ');
        return new(Enum.Parse<IsoDayOfWeek>(parts[0]), int.Parse(parts[1]), int.Parse(parts[2]));
    }

    private static IEnumerable<string?> Fields(Rule rule) =>
        RuleRules.Check(rule, ["line"], Desk.Inventory).Select(refusal => refusal.Field);

    private static IEnumerable<string?> Fields(Queue queue) =>
        RuleRules.Check(queue, ["line"], Desk.Inventory).Select(refusal => refusal.Field);
}
