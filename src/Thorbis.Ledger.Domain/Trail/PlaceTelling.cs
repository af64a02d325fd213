using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>Where calls go and what callers hear, in words, and what became different there.</summary>
internal sealed class PlaceTelling(NameBook names)
{
    private readonly DestinationWords _words = new(names);

    /// <param name="what">What leads there, such as <c>fall-back</c>.</param>
    public IEnumerable<FieldChange> Destination(
        string field, string what, Destination? before, Destination? after) =>
        (before, after) is (ToAnnouncement { Announcement: var old }, ToAnnouncement { Announcement: var now })
            ? Announcement($"{field}.announcement", $"{what} announcement", old, now)
            : Telling.Value(field, what, before, after, to => Text(to!));

    public IEnumerable<FieldChange> Announcement(
        string field, string what, Announcement? before, Announcement? after) =>
        (before, after) is (SpokenText old, SpokenText now)
            ?
            [
                .. Telling.Text($"{field}.text", what, old.Text, now.Text),
                .. Telling.Value($"{field}.language", $"language of the {what}", old.Language, now.Language),
                .. Telling.Value($"{field}.voice", $"voice of the {what}", old.Voice, now.Voice),
            ]
            : Telling.Value(field, what, before, after, said => Text(said!));

    public string Text(Destination? to) => to switch
    {
        null => "nobody: it is hung up",
        ToAnnouncement said => $"the announcement {Text(said.Announcement)}",
        _ => _words.Of(to),
    };

    public string Text(Announcement? said) => said switch
    {
        SpokenText speech => Telling.Quote(speech.Text),
        AudioFile file => $"recording '{names.Of(ReferenceKind.Audio, file.Audio)}'",
        _ => "nothing",
    };

    public string Queue(string id) => _words.Queue(id);

    public string Menu(string id) => _words.Menu(id);

    public string Member(string id) => names.Of(ReferenceKind.Member, id);

    public string Schedule(string id) => names.Of(ReferenceKind.Schedule, id);

    public string Audio(string id) => names.Of(ReferenceKind.Audio, id);

    public string Mailbox(string id) => Text(new ToMailbox(id));
}
