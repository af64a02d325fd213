using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Thorbis.Ledger.Domain.Trail;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Trail;

public sealed class RuleWordsTests
{
    private static readonly Rule Sales = Desk.Rule(
        1, new RoundRobin(["ann", "bob"]), new CalledNumber([Desk.Sales]),
        new HoursCondition("office", HoursState.Open)) with
    {
        Name = "Sales",
        Fallback = Desk.Box,
    };

    public static TheoryData<Rule, string> Changes => new()
    {
        { Sales with { Name = "Sales team" }, "name | Sales | Sales team | renamed to 'Sales team'" },
        { Sales with { Enabled = false }, "enabled | on | off | switched off" },
        { Sales with { Ring = new(30, CallRecording.None) }, "ring.seconds | 20 s | 30 s | ring time 20 s → 30 s" },
        {
            Sales with { Ring = new(20, CallRecording.Dual) },
            "ring.recording | off | on, two channels "
            + "| recording off → on, two channels"
        },
        {
            Sales with { Fallback = null },
            "fallback | the voicemail box Office | - "
            + "| fall-back removed (was the voicemail box Office)"
        },
        {
            Sales with { Fallback = new ToMenu("main") },
            "fallback | the voicemail box Office | Menu 'Main' "
            + "| fall-back the voicemail box Office → Menu 'Main'"
        },
        {
            Sales with { Fallback = new ToMailbox("gone") },
            "fallback | the voicemail box Office | the voicemail box gone "
            + "| fall-back the voicemail box Office → the voicemail box gone"
        },
        {
            Sales with { Then = new RoundRobin(["ann", "bob", "cat"]) },
            "then.members[cat] | - | Cara "
            + "| member Cara added"
        },
        { Sales with { Then = new RoundRobin(["bob"]) }, "then.members[ann] | Anna | - | member Anna removed" },
        {
            Sales with { Then = new RoundRobin(["bob", "ann"]) },
            "then.members[ann].place | 1 | 2 "
            + "| member Anna moved from place 1 to 2"
        },
        {
            Sales with { Then = new Simultaneous(["ann", "bob"]) },
            "then | in turns Anna, Ben | at once Anna, Ben "
            + "| action in turns Anna, Ben → at once Anna, Ben"
        },
        {
            Sales with { Then = new PlayMenu("main") },
            "then | in turns Anna, Ben | plays Menu 'Main' "
            + "| action in turns Anna, Ben → plays Menu 'Main'"
        },
        {
            Sales with { Then = new BusinessHours("office", new ToMember("ann")) },
            "then | in turns Anna, Ben | while Office hours is open to Anna "
            + "| action in turns Anna, Ben → while Office hours is open to Anna"
        },
        {
            Sales with { Then = new JoinQueue("line") },
            "then | in turns Anna, Ben | waits in Queue 'Line' "
            + "| action in turns Anna, Ben → waits in Queue 'Line'"
        },
        {
            Sales with { Notice = new(["ann"], true, false, true) },
            "notice | - | Anna by e-mail, with the transcript "
            + "| voicemail notice set to Anna by e-mail, with the transcript"
        },
        {
            Sales with { When = [Sales.When[0]] },
            "when[schedule] | while Office hours is open | - "
            + "| condition removed: while Office hours is open"
        },
        {
            Sales with { When = [.. Sales.When, new NumberTag("vip")] },
            "when[tag] | - | calls to numbers with the tag 'vip' "
            + "| condition added: calls to numbers with the tag 'vip'"
        },
        {
            Sales with { When = [new CalledNumber([Desk.Sales, Desk.Support]), Sales.When[1]] },
            "when[called_number].numbers[+12025550101] | - | +12025550101 "
            + "| called number +12025550101 added"
        },
        {
            Sales with { When = [Sales.When[0], new HoursCondition("office", HoursState.Closed)] },
            "when[schedule] | while Office hours is open | while Office hours is closed "
            + "| condition while Office hours is open → while Office hours is closed"
        },
        {
            Sales with { When = [Sales.When[1], Sales.When[0]] },
            "when | calls to +12025550100, while Office hours is open "
            + "| while Office hours is open, calls to +12025550100 "
            + "| conditions listed in another order"
        },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_rule_tells_what_became_different(Rule after, string line) =>
        Told.Is(line, Differences.Of(Sales, after, Told.Names));

    public static TheoryData<Condition, string> Conditions => new()
    {
        { new CallerPrefix(["+1", "+44"]), "callers whose number begins with +1, +44" },
        { new CallerList([Desk.Caller]), "calls from +4930123456" },
        { new AnonymousCaller(), "callers who show no number" },
        { new FromCustomer([]), "calls from any customer" },
        { new FromCustomer(["ACME-17"]), "calls from the customer ACME-17" },
        {
            new TimeOfWeek("Europe/Berlin", [new(IsoDayOfWeek.Monday, 540, 1560)]),
            "at Monday 09:00–02:00 next day in Europe/Berlin"
        },
        { new HoursCondition("office", HoursState.Holiday), "on holidays of Office hours" },
    };

    [Theory, MemberData(nameof(Conditions))]
    public void Conditions_are_told_as_which_calls_they_mean(Condition condition, string words) => Told.Is(
        Differences.Of(Sales with { When = [] }, Sales with { When = [condition] }, Told.Names),
        $"condition added: {words}");

    [Fact]
    public void Within_one_condition_its_own_fields_are_told()
    {
        Rule When(Condition condition) => Sales with { When = [condition] };

        Told.Is(
            Differences.Of(
                When(new TimeOfWeek("UTC", [new(IsoDayOfWeek.Friday, 540, 1020)])),
                When(new TimeOfWeek("Europe/Berlin", [new(IsoDayOfWeek.Friday, 540, 960)])), Told.Names),
            "time zone UTC → Europe/Berlin", "Friday closes 17:00 → 16:00");
        Told.Is(
            Differences.Of(When(new FromCustomer(["A"])), When(new FromCustomer([])), Told.Names),
            "condition calls from the customer A → calls from any customer");
        Told.Is(
            Differences.Of(When(new CallerPrefix(["+1"])), When(new CallerPrefix(["+44"])), Told.Names),
            "caller's prefix +1 removed", "caller's prefix +44 added");
    }

    [Fact]
    public void A_notice_tells_who_and_how()
    {
        Told.Is(
            """
            notice.members[ann] | Anna | - | notified member Anna removed
            notice.members[bob] | - | Ben | notified member Ben added
            notice.byEmail | on | off | notice by e-mail switched off
            notice.byText | off | on | notice by SMS switched on
            notice.withTranscript | on | off | transcript in notices switched off
            """,
            Differences.Of(
                Sales with { Notice = new(["ann"], true, false, true) },
                Sales with { Notice = new(["bob"], false, true, false) }, Told.Names));
    }

    [Fact]
    public void Another_action_of_the_same_kind_is_told_within()
    {
        Rule Then(RuleAction action) => Sales with { Then = action };

        Told.Is(
            Differences.Of(
                Then(new BusinessHours("office", Desk.Box)), Then(new BusinessHours("night", new ToBusy())),
                Told.Names),
            "schedule Office hours → night", "while open the voicemail box Office → the busy tone");
        Told.Is(
            Differences.Of(
                Then(new Direct(new ToNumber("+4940"))), Then(new Direct(new ToHangUp())), Told.Names),
            "goes to +4940 → nobody: it is hung up");
        Told.Is(
            Differences.Of(
                Then(new Simultaneous(["ann", "bob"])), Then(new Simultaneous(["bob", "ann"])), Told.Names),
            "members listed in another order");
    }

    [Fact]
    public void An_announcement_tells_its_text_language_and_voice_apart()
    {
        Destination Says(string text, string language = "en-US", string voice = "anna") =>
            new ToAnnouncement(new SpokenText(text, language, voice));

        Told.Is(
            """
            then.announcement.text | "Closed until 9." | "Closed until 10."
              | goes to announcement "Closed until 9." → "Closed until 10."
            then.announcement.language | en-US | en-GB | language of the goes to announcement en-US → en-GB
            """,
            Differences.Of("then", "goes to", Says("Closed until 9."), Says("Closed until 10.", "en-GB"), Told.Names));
        Told.Is(
            Differences.Of(
                "afterHours", "after hours", Says("Hi"), new ToAnnouncement(new AudioFile("tune")), Told.Names),
            "after hours announcement \"Hi\" → recording 'Tune'");
    }

    [Fact]
    public void Of_long_texts_the_place_that_differs_is_shown()
    {
        var text = string.Concat(Enumerable.Repeat("We are sorry. ", 20));
        Announcement Says(string end) => new SpokenText(text + end, "en-US", "anna");

        var change = Assert.Single(Differences.Of(
            "to", "default", new ToAnnouncement(Says("Call at 9.")), new ToAnnouncement(Says("Call at 10.")),
            Told.Names));

        Assert.Equal(("\"… are sorry. Call at 9.\"", "\"… are sorry. Call at 10.\""), (change.Before, change.After));
    }

    [Fact]
    public void Two_ids_of_one_name_are_another_of_that_name() => Told.Is(
        Differences.Of("to", "default", new ToMember("a"), new ToMember("b"), new((_, _) => "Anna")),
        "default Anna → another Anna");
}
