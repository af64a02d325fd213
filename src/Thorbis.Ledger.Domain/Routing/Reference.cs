namespace Thorbis.Ledger.Domain.Routing;

public enum ReferenceKind
{
    Number,
    Member,
    Queue,
    Menu,
    Mailbox,
    Schedule,
    Audio,
}

/// <summary>That one thing names another, which therefore cannot be removed.</summary>
/// <param name="Field">Where it does, such as <c>then.members[0]</c>.</param>
/// <param name="By">What does, in words: <c>rule 'Sales'</c>.</param>
public sealed record Reference(ReferenceKind To, string Id, string Field, string By)
{
    /// <summary>What there is of nothing: the refusal of a field that names it.</summary>
    internal Refusal Missing() => Refusal.Of(Field, $"There is no {Word(To)} '{Id}'.");

    /// <summary>The refusal to remove what is still named; null when it is not.</summary>
    public static Refusal? InUse(ReferenceKind kind, string id, string name, IEnumerable<Reference> references)
    {
        var users = references.Where(r => r.To == kind && r.Id == id).Select(r => r.By).Distinct().ToList();
        return users.Count == 0 ? null
            : new("in-use", $"The {Word(kind)} '{name}' is still used by {string.Join(", ", users)}.");
    }

    private static string Word(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Number => "own number",
        ReferenceKind.Mailbox => "voicemail box",
        ReferenceKind.Audio => "recording in the audio library",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
