using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Mailboxes;

/// <summary>Decides on one voicemail box. Asked again, it records nothing.</summary>
public static class MailboxDecider
{
    /// <summary>Of one company, the retired ones apart.</summary>
    public const int MailboxesMax = 500;

    private static readonly Accepted<MailboxFact> Nothing = new([]);

    /// <summary>Defines a box of a new id. Asked again it records nothing, whatever was decided since but its
    /// retirement.</summary>
    /// <param name="others">The company's other boxes.</param>
    public static Decision<MailboxFact> Define(
        MailboxHistory history, Mailbox mailbox, Change change, IEnumerable<MailboxHistory> others,
        Inventory inventory, Instant now) =>
        history.Version == 0 ? Set(history, mailbox, change, others, inventory, now)
        : !history.From(now).Any() ? Retired(mailbox.Id)
        : history.AtVersion(1) == mailbox ? Nothing
        : new Refusal("mailbox-exists", $"The voicemail box '{mailbox.Id}' is defined already.");

    /// <summary>Revises the box in force, or defines it, again where it is retired.</summary>
    /// <param name="mailbox">As it shall be, every field of it.</param>
    /// <param name="others">The company's other boxes.</param>
    public static Decision<MailboxFact> Set(
        MailboxHistory history, Mailbox mailbox, Change change, IEnumerable<MailboxHistory> others,
        Inventory inventory, Instant now)
    {
        var present = history.InForce(change.From(now));
        Decision<MailboxFact> decision = present == mailbox ? Nothing
            : Refuse(present, mailbox, others, inventory, change.From(now)) is { } refusal ? refusal
            : present is null ? new MailboxDefined(mailbox.Id, mailbox)
            : new MailboxRevised(mailbox.Id, mailbox);
        return change.Over(decision, history.Version, now);
    }

    /// <param name="references">What names voicemail boxes: rules, queues, menus and schedules.</param>
    public static Decision<MailboxFact> Retire(
        MailboxHistory history, Change change, IEnumerable<Reference> references, Instant now)
    {
        Decision<MailboxFact> decision = history.InForce(change.From(now)) is not { } mailbox ? Nothing
            : Reference.InUse(ReferenceKind.Mailbox, mailbox.Id, mailbox.Name, references) is { } refusal ? refusal
            : new MailboxRetired(mailbox.Id);
        return change.Over(decision, history.Version, now);
    }

    /// <param name="version">The box as that change made it.</param>
    /// <param name="others">The company's other boxes.</param>
    public static Decision<MailboxFact> Restore(
        MailboxHistory history, int version, Change change, IEnumerable<MailboxHistory> others, Inventory inventory,
        Instant now)
    {
        var present = history.InForce(change.From(now));
        Decision<MailboxFact> decision = history.AtVersion(version) is not { } former
            ? Refusal.Of("version", $"Version {version} is none that the box could be again.")
            : former == present ? Nothing
            : Refuse(present, former, others, inventory, change.From(now)) is { } refusal ? refusal
            : new MailboxRestored(former.Id, former, version);
        return change.Over(decision, history.Version, now);
    }

    /// <summary>Gives the box a PIN, or another one. It holds at once: only one is kept.</summary>
    /// <param name="same">Whether it is the one that the box has.</param>
    public static Decision<MailboxFact> SetPin(
        MailboxHistory history, string mailboxId, string? pin, bool same, Change change, Instant now) =>
        change.Over<MailboxFact>(
            MailboxRules.CheckPin(pin) is { } refusal ? refusal
            : !history.From(now).Any() ? Retired(mailboxId)
            : same && history.HasPin(now) ? Nothing
            : new MailboxPinSet(mailboxId),
            history.Version, now);

    public static Decision<MailboxFact> ClearPin(
        MailboxHistory history, string mailboxId, Change change, Instant now) =>
        change.Over<MailboxFact>(
            history.HasPin(now) ? new MailboxPinCleared(mailboxId) : Nothing, history.Version, now);

    private static Refusal Retired(string mailboxId) =>
        new("mailbox-retired", $"The voicemail box '{mailboxId}' is retired; it can be restored.");

    /// <param name="present">What it is so far; null for no box.</param>
    private static Refusal? Refuse(
        Mailbox? present, Mailbox mailbox, IEnumerable<MailboxHistory> others, Inventory inventory, Instant from)
    {
        if (MailboxRules.Check(mailbox, inventory) is [var first, ..])
        {
            return first;
        }
        var kept = others.Select(other => other.From(from).ToList()).Where(other => other.Count > 0).ToList();
        return kept.Any(other => other.Any(box => box.Name == mailbox.Name))
            ? Refusal.Of("name", $"Another voicemail box is named '{mailbox.Name}'.")
            : present is null && kept.Count >= MailboxesMax ? new(
                "too-many-mailboxes", $"A company has at most {MailboxesMax} voicemail boxes; retire one first.")
            : null;
    }
}
