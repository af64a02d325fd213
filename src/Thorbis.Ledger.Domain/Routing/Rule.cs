namespace Thorbis.Ledger.Domain.Routing;

/// <summary>One rule of a rule book: what it does with the calls it applies to.</summary>
/// <param name="Enabled">A rule that is switched off applies to no call.</param>
/// <param name="When">All must hold; empty for every call.</param>
/// <param name="Fallback">Where a call goes that nobody could take or took, such as a voicemail box; null for the rule
/// book's own.</param>
/// <param name="Notice">Who is told of a message that the fall-back's voicemail box took; null for what the box
/// says.</param>
public sealed record Rule(
    Guid Id, string Name, bool Enabled, IReadOnlyList<Condition> When, RuleAction Then, RingSettings Ring,
    Destination? Fallback = null, VoicemailNotice? Notice = null)
{
    public bool Equals(Rule? other) => other is not null
        && (Id, Name, Enabled, Then, Ring) == (other.Id, other.Name, other.Enabled, other.Then, other.Ring)
        && Fallback == other.Fallback && Notice == other.Notice && Lists.Same(When, other.When);

    public override int GetHashCode() => Id.GetHashCode();
}

/// <param name="Seconds">How long it rings until the call goes on to the fall-back, 5 to 120.</param>
public sealed record RingSettings(int Seconds, CallRecording Recording)
{
    public const int SecondsMin = 5;
    public const int SecondsMax = 120;

    /// <summary>What rings without a rule, as the rule book's own destination may.</summary>
    public static readonly RingSettings Default = new(30, CallRecording.None);
}

/// <summary>Whether answered calls are recorded, and both sides into one channel or each into its own.</summary>
public enum CallRecording
{
    None,
    Single,
    Dual,
}

/// <param name="Members">Ids of the members told; their addresses stand in no fact.</param>
/// <param name="ByText">As SMS.</param>
public sealed record VoicemailNotice(IReadOnlyList<string> Members, bool ByEmail, bool ByText, bool WithTranscript)
{
    public bool Equals(VoicemailNotice? other) => other is not null && Lists.Same(Members, other.Members)
        && (ByEmail, ByText, WithTranscript) == (other.ByEmail, other.ByText, other.WithTranscript);

    public override int GetHashCode() => Lists.Hash(Members);
}
