using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Configuration;

namespace Thorbis.Ledger.Server.Routing;

/// <summary>A rule as it shall be, every field of it: what is left out is cleared.</summary>
/// <param name="When">All must hold; none for every call.</param>
/// <param name="Fallback">Where a call goes that nobody took; the rule book's default when left out.</param>
/// <param name="Notice">Who is told of a message that the fall-back's voicemail box took.</param>
public sealed record RuleRequest(
    [property: MinLength(1), MaxLength(100)] string Name,
    [property: MaxLength(RuleRules.ConditionsMax)] IReadOnlyList<Condition> When,
    RuleAction Then,
    RingSettings? Ring = null,
    Destination? Fallback = null,
    VoicemailNotice? Notice = null,
    [property: Description("A rule that is switched off applies to no call.")] bool Enabled = true,
    [property: Description("Of a new rule: its place, from 1 on; the last when left out."), Range(1, RuleBook.RulesMax)]
    int? Place = null,
    [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
    [property: Description("From when on it holds, within ten years; now when left out.")]
    Instant? EffectiveAt = null)
{
    internal Rule Of(Guid id) => new(id, Name, Enabled, When, Then, Ring ?? RingSettings.Default, Fallback, Notice);
}

/// <summary>A queue as it shall be, every field of it.</summary>
public sealed record QueueRequest(
    [property: MinLength(1), MaxLength(100)] string Name,
    [property: MinLength(1), MaxLength(RuleRules.MembersMax)] IReadOnlyList<string> Members,
    QueueStrategy Strategy,
    [property: Range(RuleRules.WaitSecondsMin, RuleRules.WaitSecondsMost)] int WaitSecondsMax,
    [property: Range(1, RuleRules.SizeMost)] int SizeMax,
    Destination Overflow,
    string? HoldAudio = null,
    bool AnnouncePosition = false,
    CallBackOffer? CallBack = null,
    [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
    [property: Description("From when on it holds, within ten years; now when left out.")]
    Instant? EffectiveAt = null)
{
    internal Queue Of(string id) => new(
        id, Name, Members, Strategy, WaitSecondsMax, SizeMax, HoldAudio, AnnouncePosition, Overflow, CallBack);
}

/// <param name="Version">For the <c>If-Match</c> of the next change; also the <c>ETag</c>.</param>
/// <param name="RuleId">Of the rule that was added, copied or changed.</param>
public sealed record RuleBookChangedView(int Version, Guid? RuleId = null);

/// <param name="Version">The last decided, which the next change names in <c>If-Match</c>.</param>
/// <param name="At">The instant asked about.</param>
/// <param name="Rules">In their order: the first that applies decides.</param>
/// <param name="Blocked">E.164 of callers who are rejected before any rule is looked at.</param>
/// <param name="Default">Where a call goes that nothing else took; left out where it is hung up.</param>
/// <param name="Planned">Instants after the one asked about at which something decided begins to hold.</param>
public sealed record RuleBookView(
    int Version, Instant At, IReadOnlyList<Rule> Rules, IReadOnlyList<Queue> Queues, IReadOnlyList<string> Blocked,
    Destination? Default, IReadOnlyList<Instant> Planned)
{
    internal static RuleBookView Of(RuleBookHistory history, Instant at)
    {
        var book = history.InForce(at);
        return new(
            history.Version, at, book.Rules, book.Queues, book.Blocked, book.Default,
            [.. history.Facts.Select(fact => fact.EffectiveAt).Where(from => from > at).Distinct().Order()]);
    }
}

/// <param name="Decided">What changed it, when and by whom.</param>
/// <param name="Book">As that change left it, at the instant from which on it holds.</param>
public sealed record RuleBookVersionView(VersionView Decided, RuleBook Book);

/// <summary>A value and the change that set it.</summary>
/// <param name="RuleId">Left out for what is not of a rule.</param>
/// <param name="Thing">Name of the rule or queue; the caller; left out for the default destination.</param>
/// <param name="Field">Of the rule or queue, such as <c>ring.seconds</c>; <c>place</c> is a rule's place in the
/// order.</param>
public sealed record BlameView(Guid? RuleId, string? Thing, string Field, VersionView SetBy);
