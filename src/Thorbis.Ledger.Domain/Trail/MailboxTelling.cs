using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in the settings of a voicemail box.</summary>
internal sealed class MailboxTelling(NameBook names)
{
    private readonly PlaceTelling _places = new(names);
    private readonly RuleTelling _rules = new(names);

    public IEnumerable<FieldChange> Of(Mailbox? before, Mailbox? after) =>
        Telling.Whole(before, after, mailbox => $"voicemail box '{mailbox.Name}'", Brief, Fields);

    private IEnumerable<FieldChange> Fields(Mailbox before, Mailbox after) =>
    [
        .. Telling.Value("id", "id", before.Id, after.Id),
        .. Telling.Name(before.Name, after.Name),
        .. _places.Announcement("greeting", "greeting", before.Greeting, after.Greeting),
        .. _rules.Notices("notice", before.Notice, after.Notice),
        .. Telling.Switch("transcribe", "transcription", before.Transcribe, after.Transcribe),
        .. Telling.Seconds("messageSecondsMax", "longest message", before.MessageSecondsMax, after.MessageSecondsMax),
        .. Telling.Count("messagesMax", "most messages", before.MessagesMax, after.MessagesMax),
        .. Telling.Value("retentionDays", "messages kept", Kept(before), Kept(after)),
    ];

    private string Brief(Mailbox mailbox) =>
        $"greeting {(mailbox.Greeting is { } greeting ? _places.Text(greeting) : "the carrier's own")}, "
        + $"messages of at most {mailbox.MessageSecondsMax} s, kept {Kept(mailbox)}"
        + (mailbox.Transcribe ? ", transcribed" : "")
        + (mailbox.Notice is { } notice ? $", notice to {_rules.Text(notice)}" : "");

    private static string Kept(Mailbox mailbox) =>
        mailbox.RetentionDays is { } days ? TraceWords.Count(days, "day") : "for ever";
}
