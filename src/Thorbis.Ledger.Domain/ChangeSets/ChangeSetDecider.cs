using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.ChangeSets;

/// <summary>What a publication comes to.</summary>
/// <param name="Decision">Of the change set itself.</param>
/// <param name="Changes">Facts of what it changes, to be recorded with it; empty unless it is published now.</param>
public sealed record Publication(Decision<ChangeSetFact> Decision, IReadOnlyList<ConfigurationFact> Changes);

/// <summary>Decides on change sets. Asked again, it records nothing.</summary>
public static class ChangeSetDecider
{
    private static readonly Accepted<ChangeSetFact> Nothing = new([]);

    /// <param name="state">Null when there is none of this id yet.</param>
    public static Decision<ChangeSetFact> Draft(
        ChangeSet? state, Guid id, ChangeSetTerms terms, ConfigurationHistory history, Change change, Instant now) =>
        state is not null
            ? state.Version == 1 && Same(state.Terms, terms) ? Nothing
                : new Refusal("change-set-exists", $"The change set {id} is drafted already.")
        : (Check(terms) ?? change.RefuseReason()) is { } refusal ? refusal
        : history.ChangeSets.Values.Count(set => !set.Ended) >= ChangeSet.OpenMax ? new Refusal(
            "too-many-change-sets", $"At most {ChangeSet.OpenMax} change sets are open; publish or withdraw one first.")
        : change.Sign(new ChangeSetDrafted(id, terms, Base(terms.Draft, history)), now);

    /// <summary>Also brings it up to what it changes: its base is what is there now.</summary>
    public static Decision<ChangeSetFact> Revise(
        ChangeSet state, ChangeSetTerms terms, ConfigurationHistory history, Change change, Instant now)
    {
        var present = Base(terms.Draft, history);
        return change.Over<ChangeSetFact>(
            Ended(state) is { } ended ? ended
            : Check(terms) is { } refusal ? refusal
            : Same(state.Terms, terms) && Lists.Same(state.Base, present) ? Nothing
            : new ChangeSetRevised(state.Id, terms, present),
            state.Version, now);
    }

    /// <summary>By somebody else than its authors.</summary>
    public static Decision<ChangeSetFact> Approve(ChangeSet state, Change change, Instant now) =>
        change.Over<ChangeSetFact>(
            Ended(state) is { } ended ? ended
            : state.Authors.Contains(change.By)
                ? new Refusal("second-person", "Somebody else than its authors approves a change set.")
            : state.ApprovedBy is not null ? Nothing
            : new ChangeSetApproved(state.Id),
            state.Version, now);

    public static Decision<ChangeSetFact> Withdraw(ChangeSet state, Change change, Instant now) =>
        change.Over<ChangeSetFact>(
            state.Status == ChangeSetStatus.Withdrawn ? Nothing
            : Ended(state) is { } ended ? ended
            : new ChangeSetWithdrawn(state.Id),
            state.Version, now);

    /// <summary>Publishes now, or checks that it could and does it at an instant.</summary>
    /// <param name="at">Null for now.</param>
    /// <param name="inventory">Of that instant.</param>
    public static Publication Publish(
        ChangeSet state, Instant? at, ConfigurationHistory history, Change change, Inventory inventory, Instant now)
    {
        if (state.Status == ChangeSetStatus.Published
            || (state.Status == ChangeSetStatus.Scheduled && at == state.PublishAt))
        {
            return new(Nothing, []);
        }
        var when = change with { EffectiveAt = at, Set = state.Id };
        if ((Ended(state) ?? when.RefuseTime(now) ?? Unready(state, history)) is { } refusal)
        {
            return new(refusal, []);
        }
        // What it changes is checked as it would be then; the set itself is told of now.
        return DraftDecider.Decide(history, state.Terms.Draft, when with { Version = null }, inventory, now) switch
        {
            Refused<ConfigurationFact> refused => new(refused.Why, []),
            Accepted<ConfigurationFact> { Facts: var facts } => new(
                change.Over<ChangeSetFact>(
                    at is { } then
                        ? new ChangeSetScheduled(state.Id, then)
                        : new ChangeSetPublished(state.Id, facts.Count),
                    state.Version, now),
                at is null ? facts : []),
            _ => new(Nothing, []),
        };
    }

    /// <summary>A scheduled one's instant has come: it is published, or lapses and says why.</summary>
    /// <param name="inventory">Of that instant.</param>
    public static Publication Due(ChangeSet state, ConfigurationHistory history, Inventory inventory, Instant now)
    {
        if (state is not { Status: ChangeSetStatus.Scheduled, PublishAt: { } planned })
        {
            return new(Nothing, []);
        }
        // Recorded a little before, it holds from its very instant on; recorded late, from then on.
        var change = new Change(
            state.Last.By, state.Last.Reason, state.Last.Address, planned > now ? planned : null, Set: state.Id);
        var decision = Unready(state, history) is { } unready ? unready
            : DraftDecider.Decide(history, state.Terms.Draft, change, inventory, now);
        var told = change with { EffectiveAt = null, Set = null };
        return decision is Accepted<ConfigurationFact> { Facts: var facts }
            ? new(told.Sign(new ChangeSetPublished(state.Id, facts.Count), now), facts)
            : new(Lapsed(((Refused<ConfigurationFact>)decision).Why), []);

        ChangeSetFact Lapsed(Refusal why) => told.Sign(
            new ChangeSetLapsed(
                state.Id, why.Code, why.Field is { Length: > 0 } field ? $"{field}: {why.Detail}" : why.Detail),
            now);
    }

    private static Refusal? Unready(ChangeSet state, ConfigurationHistory history)
    {
        var moved = state.Moved(history).ToList();
        return moved.Count > 0
            ? new("base-moved", "Changed since it was written: " + string.Join("; ", moved.Select(thing =>
                $"{thing.Stream} from version {thing.Base} to {thing.Version}")) + ". Nothing of it was applied.")
            : state.Terms.NeedsApproval && state.ApprovedBy is null
                ? new("approval-needed", "Somebody else than its authors approves it first.")
            : null;
    }

    private static Refusal? Ended(ChangeSet state) => state.Ended
        ? new(
            "change-set-ended",
            $"The change set '{state.Terms.Name}' is {state.Status.ToString().ToLowerInvariant()}.")
        : null;

    private static Refusal? Check(ChangeSetTerms terms) =>
        Texts.Name(terms.Name, "name")
        ?? (terms.Draft is { Commands: null or [], Schedules: null or [], Menus: null or [], Version: null }
            ? Refusal.Of("draft", "It changes nothing.") : null);

    /// <summary>The version of each thing that a draft changes.</summary>
    private static IReadOnlyList<ThingVersion> Base(ConfigurationDraft draft, ConfigurationHistory history) =>
        [.. DraftDecider.StreamsOf(draft).Distinct().Select(s => new ThingVersion(s, history.Of(s).Count))];

    private static bool Same(ChangeSetTerms left, ChangeSetTerms right) =>
        (left.Name, left.NeedsApproval) == (right.Name, right.NeedsApproval)
        && Lists.Same(left.Draft.Commands ?? [], right.Draft.Commands ?? [])
        && Lists.Same(left.Draft.Schedules ?? [], right.Draft.Schedules ?? [])
        && Lists.Same(left.Draft.Menus ?? [], right.Draft.Menus ?? []) && left.Draft.Version == right.Draft.Version;
}
