using System.Collections.Immutable;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.ChangeSets;

public enum ChangeSetStatus
{
    Draft,

    /// <summary>Its instant is to come.</summary>
    Scheduled,
    Published,

    /// <summary>What it changes had moved, or refused it, when its instant came.</summary>
    Lapsed,
    Withdrawn,
}

/// <summary>Several changes of a configuration that are published together or not at all, folded from facts.</summary>
/// <param name="Base">The version of each thing it changes, as its last author saw it.</param>
/// <param name="Authors">Who wrote any of it.</param>
/// <param name="ApprovedBy">Null while nobody has approved the last draft.</param>
/// <param name="PublishAt">Of a scheduled one.</param>
/// <param name="Outcome">Of a lapsed one: why.</param>
/// <param name="Last">The last fact: who did what last.</param>
public sealed record ChangeSet(
    Guid Id, int Version, ChangeSetTerms Terms, IReadOnlyList<ThingVersion> Base,
    ImmutableHashSet<string> Authors, ChangeSetStatus Status, string? ApprovedBy, Instant? PublishAt, string? Outcome,
    ChangeSetFact Last)
{
    /// <summary>Of one company, those apart that ended.</summary>
    public const int OpenMax = 100;

    public bool Ended => Status is not (ChangeSetStatus.Draft or ChangeSetStatus.Scheduled);

    public static ChangeSet? Evolve(ChangeSet? state, ChangeSetFact fact) => (state, fact) switch
    {
        (null, ChangeSetDrafted drafted) => new(
            drafted.ChangeSetId, 1, drafted.Terms, drafted.Base, [drafted.By], ChangeSetStatus.Draft, null, null, null,
            drafted),
        (not null, _) => Next(state, fact) with { Version = state.Version + 1, Last = fact },
        _ => state,
    };

    /// <summary>The things it changes that were changed since it was written, with their versions then and
    /// now.</summary>
    public IEnumerable<(string Stream, int Base, int Version)> Moved(ConfigurationHistory history) => Base
        .Select(thing => (thing.Stream, thing.Version, history.Of(thing.Stream).Count))
        .Where(thing => thing.Version != thing.Count);

    private static ChangeSet Next(ChangeSet state, ChangeSetFact fact) => fact switch
    {
        ChangeSetRevised revised => state with
        {
            Terms = revised.Terms,
            Base = revised.Base,
            Authors = state.Authors.Add(revised.By),
            Status = ChangeSetStatus.Draft,
            ApprovedBy = null,
            PublishAt = null,
        },
        ChangeSetApproved => state with { ApprovedBy = fact.By },
        ChangeSetScheduled scheduled => state with { Status = ChangeSetStatus.Scheduled, PublishAt = scheduled.At },
        ChangeSetPublished => state with { Status = ChangeSetStatus.Published, PublishAt = null },
        ChangeSetLapsed lapsed => state with
        {
            Status = ChangeSetStatus.Lapsed,
            PublishAt = null,
            Outcome = lapsed.Detail,
        },
        ChangeSetWithdrawn => state with { Status = ChangeSetStatus.Withdrawn, PublishAt = null },
        _ => state,
    };
}
