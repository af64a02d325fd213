using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Mailboxes;

/// <summary>Which voicemail boxes and PINs can be taken.</summary>
public static class MailboxRules
{
    public const int NameLengthMax = Texts.NameLengthMax;
    public const int IdLengthMax = 40;
    public const string IdExpected = "1 to 40 of a-z, 0-9 and hyphen.";
    public const int PinLengthMin = 4;
    public const int PinLengthMax = 10;

    /// <returns>All that is wrong: of the settings by themselves, and where those are right, of what they
    /// name.</returns>
    public static IReadOnlyList<Refusal> Check(Mailbox mailbox, Inventory inventory)
    {
        Refusal?[] shape =
        [
            IsId(mailbox.Id) ? null : Refusal.Of("mailboxId", IdExpected),
            Texts.Name(mailbox.Name, "name"),
            mailbox.Greeting is null ? null : Texts.Announcement(mailbox.Greeting, "greeting"),
            Notice(mailbox),
            Texts.Within(
                mailbox.MessageSecondsMax, Mailbox.MessageSecondsLeast, Mailbox.MessageSecondsMost,
                "messageSecondsMax", "The longest message, in seconds,"),
            Texts.Within(mailbox.MessagesMax, 1, Mailbox.MessagesMost, "messagesMax", "The size of a box"),
            mailbox.RetentionDays is not { } days ? null
                : Texts.Within(days, 1, Mailbox.RetentionDaysMost, "retentionDays", "The days a message is kept"),
        ];
        var refused = shape.OfType<Refusal>().ToList();
        return refused.Count > 0 ? refused
            : [.. References.Of(mailbox).Where(r => !inventory.Has(r, [])).Select(r => r.Missing())];
    }

    /// <summary>Why digits are no PIN that can be taken; null when they are one. The reason does not repeat
    /// them.</summary>
    public static Refusal? CheckPin(string? pin) =>
        pin is not { Length: >= PinLengthMin and <= PinLengthMax } || !pin.All(char.IsAsciiDigit)
            ? Refusal.Of("pin", $"A PIN has {PinLengthMin} to {PinLengthMax} digits.")
        : IsTrivial(pin) ? Refusal.Of("pin", "One digit only, or digits in a row: too easily guessed.")
        : null;

    /// <summary>Each digit follows the one before by the same step of 0, 1 or -1, as on a ring: 0 comes after 9.
    /// </summary>
    private static bool IsTrivial(string pin)
    {
        var steps = pin.Zip(pin.Skip(1), (digit, next) => (next - digit + 10) % 10).Distinct().ToList();
        return steps is [0 or 1 or 9];
    }

    private static bool IsId(string? id) => id is { Length: >= 1 and <= IdLengthMax }
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static Refusal? Notice(Mailbox mailbox) => mailbox.Notice is not { } notice ? null
        : RuleRules.Check(notice, "notice")
        ?? (notice.WithTranscript && !mailbox.Transcribe
            ? Refusal.Of("notice.withTranscript", "The box puts no message into text.") : null);
}
