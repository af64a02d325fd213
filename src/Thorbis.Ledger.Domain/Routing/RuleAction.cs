using System.Text.Json.Serialization;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What a rule does with a call it applies to. Stored in facts: names are permanent.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Direct), "direct")]
[JsonDerivedType(typeof(RoundRobin), "round_robin")]
[JsonDerivedType(typeof(Simultaneous), "simultaneous")]
[JsonDerivedType(typeof(PlayMenu), "menu")]
[JsonDerivedType(typeof(BusinessHours), "business_hours")]
[JsonDerivedType(typeof(JoinQueue), "queue")]
public abstract record RuleAction;

public sealed record Direct(Destination To) : RuleAction;

/// <summary>Rings the one who had the fewest turns of those who can take a call; of equals, the first in the
/// list.</summary>
/// <param name="Members">Ids of members.</param>
public sealed record RoundRobin(IReadOnlyList<string> Members) : RuleAction
{
    public bool Equals(RoundRobin? other) => other is not null && Lists.Same(Members, other.Members);

    public override int GetHashCode() => Lists.Hash(Members);
}

/// <summary>Rings all who can take a call at once.</summary>
/// <param name="Members">Ids of members.</param>
public sealed record Simultaneous(IReadOnlyList<string> Members) : RuleAction
{
    public bool Equals(Simultaneous? other) => other is not null && Lists.Same(Members, other.Members);

    public override int GetHashCode() => Lists.Hash(Members);
}

/// <param name="Menu">Id of a menu.</param>
public sealed record PlayMenu(string Menu) : RuleAction;

/// <summary>One destination while a schedule is open; while it is closed, the one that the schedule, or its
/// holiday, names.</summary>
/// <param name="Schedule">Id of a schedule.</param>
public sealed record BusinessHours(string Schedule, Destination WhenOpen) : RuleAction;

/// <param name="Queue">Id of a queue.</param>
public sealed record JoinQueue(string Queue) : RuleAction;
