namespace Thorbis.Ledger.Domain.Routing;

/// <summary>One thing that was looked at for a decision: codes and values, put into words by
/// <see cref="TraceWords"/>.</summary>
/// <param name="Of">Id of the rule, member, queue, menu or schedule that it is about; null for the call.</param>
/// <param name="Value">What was found; which one depends on the code.</param>
/// <param name="Number">As above, where it is a number.</param>
/// <param name="Place">Of a condition in its rule, from 0; -1 where it is about none.</param>
public readonly record struct TraceStep(
    TraceCode Code, string? Of, string? Value = null, int Number = 0, short Place = -1);

public enum TraceCode : byte
{
    /// <summary>The call is an outgoing one, which goes where it was dialled to.</summary>
    Outgoing,
    CallerBlocked,
    RuleOff,

    /// <summary>The condition at the place does not hold. Value and number: what the call has instead.</summary>
    ConditionFailed,

    /// <summary>Whether the condition at the place holds is not known.</summary>
    ConditionUnknown,
    RuleApplies,

    /// <summary>No rule applies to the call.</summary>
    NoRule,
    MemberGone,

    /// <summary>Value: the availability.</summary>
    MemberUnavailable,

    /// <summary>Number: of calls under way.</summary>
    MemberFull,
    MemberOffDuty,
    MemberUnknown,

    /// <summary>Number: of turns so far.</summary>
    MemberChosen,
    MemberRings,
    TurnsUnknown,
    NobodyFree,
    HoursOpen,

    /// <summary>Value: the holiday, if it is one.</summary>
    HoursClosed,
    HoursMissing,

    /// <summary>Number: of those who wait; -1 when not known.</summary>
    QueueJoined,

    /// <summary>Number: of those who wait.</summary>
    QueueFull,
    QueueMissing,

    /// <summary>Value: the node that waits for a key.</summary>
    MenuWaits,

    /// <summary>Value: the node where it was left. Number: of inputs taken.</summary>
    MenuLeft,
    MenuKeyUnknown,
    MenuStuck,
    MenuMissing,

    /// <summary>The rule's own fall-back.</summary>
    Fallback,

    /// <summary>The book's default destination.</summary>
    Default,

    /// <summary>Nothing is left: the call is hung up.</summary>
    HungUp,

    /// <summary>It went from one place to the next too often, and is hung up.</summary>
    TooManySteps,
}
