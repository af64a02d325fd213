using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>Which destinations a schedule can name. Whether the company has what is named is not known here.</summary>
internal static class DestinationRules
{
    private const int IdLengthMax = 100;
    private const int SpeechLengthMax = 3_000;

    public static Refusal? Refuse(Destination? destination, string field) => destination switch
    {
        null => Refusal.Of(field, "Expected a destination with its kind."),
        ToNumber number => PhoneNumber.IsE164(number.Number)
            ? null
            : Refusal.Of($"{field}.number", "A number is written as + and 5 to 15 digits, country code first."),
        ToMember member => CheckText(member.Member, $"{field}.member", IdLengthMax),
        ToQueue queue => CheckText(queue.Queue, $"{field}.queue", IdLengthMax),
        ToMenu menu => CheckText(menu.Menu, $"{field}.menu", IdLengthMax),
        ToMailbox mailbox => CheckText(mailbox.Mailbox, $"{field}.mailbox", IdLengthMax),
        ToAnnouncement said => CheckAnnouncement(said.Announcement, $"{field}.announcement"),
        _ => null,
    };

    private static Refusal? CheckAnnouncement(Announcement? announcement, string field) => announcement switch
    {
        SpokenText text => CheckText(text.Text, $"{field}.text", SpeechLengthMax)
            ?? CheckText(text.Language, $"{field}.language", IdLengthMax)
            ?? CheckText(text.Voice, $"{field}.voice", IdLengthMax),
        AudioFile file => CheckText(file.Audio, $"{field}.audio", IdLengthMax),
        _ => Refusal.Of(field, "Expected an announcement with its kind."),
    };

    private static Refusal? CheckText(string? text, string field, int lengthMax) =>
        string.IsNullOrWhiteSpace(text) || text.Length > lengthMax
            ? Refusal.Of(field, $"Expected 1 to {lengthMax} characters.")
            : null;
}
