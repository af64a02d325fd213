using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Mailboxes;

/// <summary>A voicemail box to test with, and what is decided of it.</summary>
internal static class Boxes
{
    public static readonly Change Mia = new("user:mia", "spring");

    public static readonly Mailbox Front = new(
        "front", "Front desk", Desk.Say("Leave a message."), new(["ann"], true, false, true), true, 180, 50, 90);

    public static readonly Mailbox Bare = new("front", "Bare", null, null, false, 60, 1, null);

    public static readonly MailboxHistory Defined = MailboxHistory.Empty.With(Facts(Set(MailboxHistory.Empty, Front)));

    public static Decision<MailboxFact> Set(
        MailboxHistory history, Mailbox mailbox, Change? change = null, params MailboxHistory[] others) =>
        MailboxDecider.Set(history, mailbox, change ?? Mia, others, Desk.Inventory, Desk.Now);

    public static Decision<MailboxFact> Define(MailboxHistory history, Mailbox mailbox) =>
        MailboxDecider.Define(history, mailbox, Mia, [], Desk.Inventory, Desk.Now);

    public static Decision<MailboxFact> Retire(
        MailboxHistory history, Change? change = null, params Reference[] references) =>
        MailboxDecider.Retire(history, change ?? Mia, references, Desk.Now);

    public static Decision<MailboxFact> Restore(
        MailboxHistory history, int version, Change? change = null, params MailboxHistory[] others) =>
        MailboxDecider.Restore(history, version, change ?? Mia, others, Desk.Inventory, Desk.Now);

    public static Decision<MailboxFact> SetPin(MailboxHistory history, string pin = "2580", bool same = false) =>
        MailboxDecider.SetPin(history, "front", pin, same, Mia, Desk.Now);

    public static Decision<MailboxFact> ClearPin(MailboxHistory history) =>
        MailboxDecider.ClearPin(history, "front", Mia, Desk.Now);

    public static IReadOnlyList<MailboxFact> Facts(Decision<MailboxFact> decision) =>
        Assert.IsType<Accepted<MailboxFact>>(decision).Facts;

    public static Refusal Why(Decision<MailboxFact> decision) => Assert.IsType<Refused<MailboxFact>>(decision).Why;
}
