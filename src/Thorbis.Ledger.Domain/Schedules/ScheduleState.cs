using NodaTime;

namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>A schedule with all that was ever decided of it, folded from the facts of its stream.</summary>
/// <param name="History">In the order recorded, never empty.</param>
public sealed record ScheduleState(Guid ScheduleId, IReadOnlyList<ScheduleVersion> History)
{
    public int Version => History.Count;

    /// <summary>The last thing decided, in force or not yet.</summary>
    public ScheduleVersion Last => History[^1];

    public static ScheduleState? Evolve(ScheduleState? state, ScheduleFact fact) => (state, fact) switch
    {
        (null, ScheduleDefined) => new(fact.ScheduleId, [ScheduleVersion.Of(fact)]),
        (not null, ScheduleRevised or ScheduleRetired) =>
            state with { History = [.. state.History, ScheduleVersion.Of(fact)] },
        _ => state,
    };

    /// <summary>What was in force at an instant: of what was effective by then the latest effective, of those the
    /// latest recorded. A retirement is final, whatever was to come after it. Null before the schedule began.</summary>
    public ScheduleVersion? InForceAt(Instant instant) => InForceAt(instant, Version);

    /// <summary>The same when only the first <paramref name="known"/> facts had been recorded.</summary>
    public ScheduleVersion? InForceAt(Instant instant, int known)
    {
        ScheduleVersion? found = null;
        foreach (var version in History.Take(known).Where(version => version.EffectiveAt <= instant))
        {
            if (found is null || version.Retired || version.EffectiveAt >= found.EffectiveAt)
            {
                found = version;
            }
        }
        return found;
    }

    /// <summary>Its retirement is in force.</summary>
    public bool EndedBy(Instant instant) => Last.Retired && Last.EffectiveAt <= instant;

    /// <summary>The terms in force at an instant; null before the schedule began and once it is retired.</summary>
    public Schedule? TermsAt(Instant instant) =>
        InForceAt(instant) is { Retired: false } version ? version.Terms : null;

    /// <summary>When it begins; null once something of it was effective at the instant.</summary>
    public Instant? BeginAfter(Instant instant) => InForceAt(instant) is null
        ? History.Min(version => version.EffectiveAt)
        : null;
}

/// <summary>What one fact decided.</summary>
/// <param name="Version">From 1 on, without gaps.</param>
/// <param name="Retired">The schedule ended with it; the terms are those it last had.</param>
/// <param name="EffectiveAt">From then on it is in force.</param>
public sealed record ScheduleVersion(
    int Version, Schedule Terms, bool Retired, Instant RecordedAt, Instant EffectiveAt, string By, string? Reason,
    string? Address)
{
    internal static ScheduleVersion Of(ScheduleFact fact) => new(
        fact.Version, fact.Terms, fact is ScheduleRetired, fact.OccurredAt, fact.EffectiveAt, fact.By, fact.Reason,
        fact.Address);
}
