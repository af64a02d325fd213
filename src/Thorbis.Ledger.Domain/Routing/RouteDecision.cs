using System.Text.Json.Serialization;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Where a call goes, and why.</summary>
/// <param name="Route">Where it goes. Of what is not known it is assumed: conditions do not hold, members cannot take
/// a call, queues are not full, nobody had a turn.</param>
/// <param name="MayBe">Where else it goes if what is not known is otherwise; empty when the route does not depend on
/// it.</param>
/// <param name="Trace">What was looked at, in order.</param>
public sealed record RouteDecision(
    Route Route, IReadOnlyList<Possibility> MayBe, IReadOnlyList<TraceStep> Trace)
{
    /// <summary>False: from what is known it cannot be told where the call goes.</summary>
    public bool Certain => MayBe.Count == 0;

    public bool Equals(RouteDecision? other) => other is not null && Route == other.Route
        && Lists.Same(MayBe, other.MayBe) && Lists.Same(Trace, other.Trace);

    public override int GetHashCode() => Route.GetHashCode();
}

/// <param name="RuleId">The rule that decided; null when none did.</param>
/// <param name="Targets">One, or several members who ring at the same time.</param>
/// <param name="Otherwise">Where it goes on to when nobody answers, or a queue was waited in for too long; null when it
/// goes nowhere from there.</param>
/// <param name="MenuNode">Of a menu, the node that waits for a key.</param>
public sealed record Route(
    Guid? RuleId, IReadOnlyList<Destination> Targets, RingSettings Ring, Destination? Otherwise,
    VoicemailNotice? Notice, string? MenuNode)
{
    public bool Equals(Route? other) => other is not null && RuleId == other.RuleId && SameEnd(other)
        && Ring == other.Ring && Notice == other.Notice;

    public override int GetHashCode() => HashCode.Combine(RuleId, Lists.Hash(Targets));

    /// <summary>The call goes to the same place, whichever rule sends it.</summary>
    public bool SameEnd(Route other) => Lists.Same(Targets, other.Targets) && Otherwise == other.Otherwise
        && MenuNode == other.MenuNode;
}

/// <param name="If">What is not known, and decides on it.</param>
/// <param name="Route">Where the call may go.</param>
/// <param name="Exact">False: the route is where it begins, or all who may be part of it.</param>
public sealed record Possibility(IReadOnlyList<Unknown> If, Route Route, bool Exact)
{
    public bool Equals(Possibility? other) =>
        other is not null && Exact == other.Exact && Route == other.Route && Lists.Same(If, other.If);

    public override int GetHashCode() => Route.GetHashCode();
}

public enum UnknownFact
{
    /// <summary>The tags of the number that was called.</summary>
    Tags,

    /// <summary>Whether the caller is linked to a customer.</summary>
    Customer,

    Availability,

    /// <summary>How many calls a member has.</summary>
    Load,

    /// <summary>The turns of a round robin rule.</summary>
    Turns,

    /// <summary>How many callers wait in a queue.</summary>
    Waiting,

    /// <summary>What was pressed in a menu.</summary>
    Key,
}

/// <summary>Something that is not known of a call.</summary>
/// <param name="Of">Id of the member, rule, queue or menu; null for the call itself.</param>
/// <param name="Against">What it would be compared with: a condition, a limit, what comes after a menu.</param>
public readonly record struct Unknown(UnknownFact Fact, string? Of, [property: JsonIgnore] object? Against);
