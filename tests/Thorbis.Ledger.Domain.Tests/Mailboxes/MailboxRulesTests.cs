using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;
using static Thorbis.Ledger.Domain.Tests.Mailboxes.Boxes;

namespace Thorbis.Ledger.Domain.Tests.Mailboxes;

public sealed class MailboxRulesTests
{
    private static readonly VoicemailNotice Notice = Front.Notice!;

    public static TheoryData<string, Mailbox> Refused { get; } = new()
    {
        { "mailboxId", Front with { Id = "" } },
        { "mailboxId", Front with { Id = new string('i', 41) } },
        { "mailboxId", Front with { Id = "a/b" } },
        { "name", Front with { Name = " " } },
        { "name", Front with { Name = new string('n', 101) } },
        { "greeting.text", Front with { Greeting = Desk.Say("") } },
        { "greeting.language", Front with { Greeting = new SpokenText("Hello.", "english!", "anna") } },
        { "greeting.audio", Front with { Greeting = new AudioFile("none") } },
        { "notice.members", Front with { Notice = Notice with { Members = [] } } },
        { "notice.members", Front with { Notice = Notice with { Members = ["ann", "ann"] } } },
        { "notice.members[1]", Front with { Notice = Notice with { Members = ["ann", "eve"] } } },
        { "notice", Front with { Notice = Notice with { ByEmail = false } } },
        { "notice.withTranscript", Front with { Transcribe = false } },
        { "messageSecondsMax", Front with { MessageSecondsMax = 9 } },
        { "messageSecondsMax", Front with { MessageSecondsMax = 3_601 } },
        { "messagesMax", Front with { MessagesMax = 0 } },
        { "messagesMax", Front with { MessagesMax = 10_001 } },
        { "retentionDays", Front with { RetentionDays = 0 } },
        { "retentionDays", Front with { RetentionDays = 3_651 } },
    };

    public static TheoryData<Mailbox> Taken { get; } =
    [
        Front, Bare, Front with { Id = "0192d3a0-0000-7000-8000-000000000001" },
        Front with { Greeting = new AudioFile("tune") },
        Front with { MessageSecondsMax = 10, MessagesMax = 10_000, RetentionDays = 1 },
        Front with { MessageSecondsMax = 3_600, MessagesMax = 1, RetentionDays = 3_650 },
        Front with { Transcribe = false, Notice = Notice with { WithTranscript = false, ByText = true } },
    ];

    [Theory, MemberData(nameof(Refused))]
    public void A_setting_that_cannot_be_taken_is_named(string field, Mailbox mailbox) =>
        Assert.Equal([field], MailboxRules.Check(mailbox, Desk.Inventory).Select(refusal => refusal.Field));

    [Theory, MemberData(nameof(Taken))]
    public void Settings_within_their_limits_are_taken(Mailbox mailbox) =>
        Assert.Empty(MailboxRules.Check(mailbox, Desk.Inventory));

    [Theory, Table("""
        pin          taken
        2580         true
        1235         true
        1122         true
        0135792468   true
        258          false  # Four digits at least,
        01357924680  false  # ten at most.
        25a0         false
        25 80        false
        ٢٥٨٠         false  # Digits of a keypad only.
        0000         false
        7777777777   false
        1234         false
        4321         false
        7890         false  # As on the keypad, 0 comes after 9.
        0987654321   false
        9012         false
        -            false
        """)]
    public void A_PIN_is_a_few_digits_that_are_no_row_and_not_all_the_same(string? pin, bool taken)
    {
        var refused = MailboxRules.CheckPin(pin);

        Assert.Equal(taken, refused is null);
        Assert.True(refused is null || pin is null || !refused.Detail.Contains(pin, StringComparison.Ordinal));
    }
}
