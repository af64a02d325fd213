namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Which texts, lists and destinations can be taken.</summary>
internal static class Texts
{
    public const int NameLengthMax = 100;
    public const int IdLengthMax = 100;
    public const int SpeechLengthMax = 3_000;

    public static bool IsName(string? text) => IsText(text, NameLengthMax);

    public static bool IsId(string? text) => IsText(text, IdLengthMax);

    public static Refusal? Name(string? name, string field) => IsName(name) ? null
        : Refusal.Of(field, $"A name of 1 to {NameLengthMax} characters is needed.");

    /// <summary>A list that has something, not too much, and nothing twice.</summary>
    /// <param name="what">Of one item, such as <c>member</c>.</param>
    public static Refusal? Distinct(IReadOnlyList<string>? list, string field, string what, int most) =>
        list is not { Count: > 0 } ? Refusal.Of(field, $"At least one {what} is needed.")
        : list.Count > most ? Refusal.Of(field, $"At most {most} can be named.")
        : list.Any(item => !IsId(item)) ? Refusal.Of(field, $"A {what} is a text of 1 to {IdLengthMax} characters.")
        : list.Distinct().Count() != list.Count ? Refusal.Of(field, $"Each {what} is named once.")
        : null;

    /// <summary>The shape alone; whether there is what it names is the inventory's to say.</summary>
    public static Refusal? Destination(Destination? destination, string field) => destination switch
    {
        null => Refusal.Of(field, "A destination is needed."),
        ToMember to => Id(to.Member, $"{field}.member"),
        ToQueue to => Id(to.Queue, $"{field}.queue"),
        ToMenu to => Id(to.Menu, $"{field}.menu"),
        ToMailbox to => Id(to.Mailbox, $"{field}.mailbox"),
        ToAnnouncement to => Announcement(to.Announcement, $"{field}.announcement"),
        ToNumber to when !PhoneNumber.IsE164(to.Number) => Refusal.Of($"{field}.number", PhoneExpected),
        _ => null,
    };

    public static Refusal? Announcement(Announcement? announcement, string field) => announcement switch
    {
        SpokenText { Text: var text } when !IsText(text, SpeechLengthMax, lines: true) =>
            Refusal.Of($"{field}.text", $"What is said has 1 to {SpeechLengthMax} characters."),
        SpokenText { Language: var language } when !IsLanguage(language) =>
            Refusal.Of($"{field}.language", "A language is written as in en-US."),
        SpokenText { Voice: var voice } when !IsName(voice) => Refusal.Of($"{field}.voice", "A voice is needed."),
        AudioFile file => Id(file.Audio, $"{field}.audio"),
        null => Refusal.Of(field, "An announcement is needed."),
        _ => null,
    };

    public static string PhoneExpected => "A number is written as + and 5 to 15 digits, country code first.";

    public static Refusal? Id(string? id, string field) =>
        IsId(id) ? null : Refusal.Of(field, $"An id of 1 to {IdLengthMax} characters is needed.");

    /// <param name="what">The subject of the sentence: <c>The ring time</c>.</param>
    public static Refusal? Within(int value, int least, int most, string field, string what) =>
        value >= least && value <= most ? null : Refusal.Of(field, $"{what} is {least} to {most}, not {value}.");

    private static bool IsText(string? text, int most, bool lines = false) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= most
        && !text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r'));

    private static bool IsLanguage(string? language) => language is { Length: >= 2 and <= 35 }
        && language.Split('-').All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
