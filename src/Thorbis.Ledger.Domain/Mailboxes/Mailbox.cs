using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Mailboxes;

/// <summary>The settings of a voicemail box. Its PIN is none of them: no fact has anything of a PIN but that there is
/// one.</summary>
/// <param name="Id">Permanent, as rules name it.</param>
/// <param name="Greeting">What callers hear before the tone; null for the carrier's own.</param>
/// <param name="Notice">Who is told of a message, unless the rule that led there says it; null for nobody.</param>
/// <param name="Transcribe">Whether messages are put into text, each at the price of the rate deck.</param>
/// <param name="MessageSecondsMax">After so long a message is cut off.</param>
/// <param name="MessagesMax">A box that has so many takes no other.</param>
/// <param name="RetentionDays">A message older than so many times 24 hours is deleted; null for never.</param>
public sealed record Mailbox(
    string Id, string Name, Announcement? Greeting, VoicemailNotice? Notice, bool Transcribe, int MessageSecondsMax,
    int MessagesMax, int? RetentionDays)
{
    public const int MessageSecondsLeast = 10;

    /// <summary>Well within the four hours that the carrier records or keeps up a call at most.</summary>
    /// <remarks>Source: docs/sources.md#voicemail.</remarks>
    public const int MessageSecondsMost = 3_600;
    public const int MessagesMost = 10_000;
    public const int RetentionDaysMost = 3_650;
}
