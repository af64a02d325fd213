using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain.ChangeSets;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Server.ChangeSets;

/// <param name="Draft">Commands on the rule book, schedules and menus; all of it is checked when it is
/// published.</param>
public sealed record ChangeSetRequest(
    [property: MinLength(1), MaxLength(100)] string Name,
    ConfigurationDraft Draft,
    [property: Description("It is published only once somebody who wrote none of it has approved it.")]
    bool NeedsApproval = false,
    [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null)
{
    internal ChangeSetTerms Terms => new(Name, Draft, NeedsApproval);
}

/// <param name="At">When; now when left out.</param>
public sealed record PublishRequest(
    [property: Description("With its offset, within ten years; at once when left out.")] Instant? At = null,
    [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null);

/// <param name="Version">Of the change set, for the <c>If-Match</c> of the next step; also the <c>ETag</c>.</param>
/// <param name="Facts">How many facts were recorded with it just now.</param>
public sealed record ChangeSetChangedView(Guid ChangeSetId, int Version, ChangeSetStatus Status, int Facts = 0);

/// <summary>A thing that was changed since the change set was written.</summary>
/// <param name="Base">Its version then.</param>
/// <param name="Version">Its version now.</param>
public sealed record MovedView(string Stream, int Base, int Version);

/// <param name="ApprovedBy">Left out while nobody approved the last draft.</param>
/// <param name="PublishAt">Of a scheduled one.</param>
/// <param name="Outcome">Of a lapsed one: why.</param>
/// <param name="Moved">As long as it is open: what it could not be published over.</param>
public sealed record ChangeSetView(
    Guid ChangeSetId, int Version, string Name, ChangeSetStatus Status, bool NeedsApproval,
    IReadOnlyCollection<string> Authors, string? ApprovedBy, Instant? PublishAt, string? Outcome,
    IReadOnlyList<MovedView> Moved, ConfigurationDraft Draft, Instant ChangedAt, string ChangedBy, string? Reason)
{
    internal static ChangeSetView Of(ChangeSet set, ConfigurationHistory history) => new(
        set.Id, set.Version, set.Terms.Name, set.Status, set.Terms.NeedsApproval, [.. set.Authors.Order()],
        set.ApprovedBy, set.PublishAt, set.Outcome,
        set.Ended ? []
            : [.. set.Moved(history).Select(thing => new MovedView(thing.Stream, thing.Base, thing.Version))],
        set.Terms.Draft, set.Last.OccurredAt, set.Last.By, set.Last.Reason);
}
