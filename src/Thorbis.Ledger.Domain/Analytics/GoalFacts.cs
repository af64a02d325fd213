using NodaTime;

namespace Thorbis.Ledger.Domain.Analytics;

/// <summary>A fact of one goal of a company; stream <c>goal/{id}</c>.</summary>
public abstract record GoalFact(Guid GoalId, Instant OccurredAt) : Fact(OccurredAt);

/// <summary>What a call must come to.</summary>
public enum GoalKind
{
    /// <summary>Answered, with more than <c>seconds</c> of talk.</summary>
    AnsweredLonger,

    /// <summary>The caller pressed <c>key</c> in a menu.</summary>
    PressedKey,

    /// <summary>A missed caller was called back within <c>days</c>.</summary>
    CalledBack,
}

/// <param name="Seconds">Of <see cref="GoalKind.AnsweredLonger"/> only: talk above this.</param>
/// <param name="Key">Of <see cref="GoalKind.PressedKey"/> only: one of <c>0-9 * #</c>.</param>
/// <param name="Days">Of <see cref="GoalKind.CalledBack"/> only: times 24 hours from the end of the call.</param>
/// <param name="By">The user or key that defined it.</param>
public sealed record GoalDefined(
    Guid GoalId, Instant OccurredAt, string Name, GoalKind Kind, int? Seconds, string? Key, int? Days, string By,
    string? Reason) : GoalFact(GoalId, OccurredAt);

/// <summary>The goal is no longer counted.</summary>
/// <param name="By">The user or key that retired it.</param>
public sealed record GoalRetired(Guid GoalId, Instant OccurredAt, string By, string? Reason)
    : GoalFact(GoalId, OccurredAt);
