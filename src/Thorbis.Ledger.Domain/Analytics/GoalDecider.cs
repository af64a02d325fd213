using NodaTime;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Analytics;

/// <summary>A goal as somebody would like to have it; what each kind needs: <see cref="GoalDefined"/>.</summary>
public sealed record GoalDraft(
    string? Name, GoalKind? Kind, int? Seconds = null, string? Key = null, int? Days = null, string? Reason = null);

public static class GoalDecider
{
    /// <summary>Goals of a company that are counted at once: each costs every reading of figures.</summary>
    public const int InForceMax = 20;

    private const int NameLengthMax = 100;
    private const int ReasonLengthMax = 500;
    private const int SecondsMax = 86_400;
    private const int DaysMax = 90;

    /// <summary>Defines a goal, from which on it is counted, for calls of every time.</summary>
    /// <param name="inForce">Names of the company's goals that are not retired.</param>
    public static Decision<GoalFact> Define(
        IReadOnlyCollection<string> inForce, Guid goalId, GoalDraft draft, string by, Instant now) =>
        Check(draft) is { } refusal ? refusal
        : inForce.Contains(draft.Name!)
            ? new Refusal("goal-exists", $"A goal named '{draft.Name}' is in force already.")
        : inForce.Count >= InForceMax
            ? new Refusal("too-many-goals", $"At most {InForceMax} goals are in force; retire one first.")
        : new GoalDefined(
            goalId, now, draft.Name!, draft.Kind!.Value, draft.Seconds, draft.Key, draft.Days, by, draft.Reason);

    /// <summary>Retires a goal; once is enough.</summary>
    /// <param name="retired">It is already.</param>
    public static Decision<GoalFact> Retire(Guid goalId, bool retired, string? reason, string by, Instant now) =>
        reason?.Length > ReasonLengthMax ? TooLong
        : retired ? new Accepted<GoalFact>([])
        : new GoalRetired(goalId, now, by, reason);

    private static Refusal TooLong => Refusal.Of("reason", $"At most {ReasonLengthMax} characters.");

    private static Refusal? Check(GoalDraft draft) =>
        string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Length > NameLengthMax
            ? Refusal.Of("name", $"A goal has a name of at most {NameLengthMax} characters.")
        : draft.Kind is not { } kind || !Enum.IsDefined(kind)
            ? Refusal.Of("kind", "Expected answeredLonger, pressedKey or calledBack.")
        : draft.Reason?.Length > ReasonLengthMax ? TooLong
        : Seconds(draft, kind) ?? Key(draft, kind) ?? Days(draft, kind);

    private static Refusal? Seconds(GoalDraft draft, GoalKind kind) =>
        (kind == GoalKind.AnsweredLonger ? draft.Seconds is >= 0 and <= SecondsMax : draft.Seconds is null)
            ? null
            : Refusal.Of("seconds", $"0 to {SecondsMax} for answeredLonger, nothing for other kinds.");

    private static Refusal? Key(GoalDraft draft, GoalKind kind) =>
        (kind == GoalKind.PressedKey
            ? draft.Key is [var key] && MenuKey.Keys.Contains(key)
            : draft.Key is null)
            ? null
            : Refusal.Of("key", "One of 0-9, * and # for pressedKey, nothing for other kinds.");

    private static Refusal? Days(GoalDraft draft, GoalKind kind) =>
        (kind == GoalKind.CalledBack ? draft.Days is >= 1 and <= DaysMax : draft.Days is null)
            ? null
            : Refusal.Of("days", $"1 to {DaysMax} for calledBack, nothing for other kinds.");
}
