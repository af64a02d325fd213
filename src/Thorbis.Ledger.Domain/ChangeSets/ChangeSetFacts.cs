using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.ChangeSets;

/// <summary>A fact of one change set; stream <c>changeset/{id}</c>. It holds from when it was recorded on.</summary>
public abstract record ChangeSetFact(Guid ChangeSetId) : ConfigurationFact;

/// <param name="Terms">Whole.</param>
/// <param name="Base">The version of each thing it changes, as it was when this was written.</param>
public sealed record ChangeSetDrafted(Guid ChangeSetId, ChangeSetTerms Terms, IReadOnlyList<ThingVersion> Base)
    : ChangeSetFact(ChangeSetId);

/// <summary>It is another draft now; an approval of the one before counts no more.</summary>
/// <param name="Terms">Whole.</param>
/// <param name="Base">The version of each thing it changes, as it was when this was written.</param>
public sealed record ChangeSetRevised(Guid ChangeSetId, ChangeSetTerms Terms, IReadOnlyList<ThingVersion> Base)
    : ChangeSetFact(ChangeSetId);

/// <summary>By somebody who wrote none of it.</summary>
public sealed record ChangeSetApproved(Guid ChangeSetId) : ChangeSetFact(ChangeSetId);

/// <summary>It will be published at an instant, if what it changes is still as it was then.</summary>
public sealed record ChangeSetScheduled(Guid ChangeSetId, Instant At) : ChangeSetFact(ChangeSetId);

/// <summary>Its changes are facts of their streams, recorded with this one.</summary>
/// <param name="Facts">How many.</param>
public sealed record ChangeSetPublished(Guid ChangeSetId, int Facts) : ChangeSetFact(ChangeSetId);

/// <summary>Its instant came, but it was not published: nothing of it was changed.</summary>
/// <param name="Why">Stable: <c>base-moved</c>, or why its changes are refused by now.</param>
/// <param name="Detail">In words.</param>
public sealed record ChangeSetLapsed(Guid ChangeSetId, string Why, string Detail) : ChangeSetFact(ChangeSetId);

public sealed record ChangeSetWithdrawn(Guid ChangeSetId) : ChangeSetFact(ChangeSetId);

/// <param name="NeedsApproval">It is published only once somebody else has approved it.</param>
public sealed record ChangeSetTerms(string Name, ConfigurationDraft Draft, bool NeedsApproval);

/// <param name="Version">How many facts the stream had; 0 for a thing that there was not yet.</param>
public sealed record ThingVersion(string Stream, int Version);
