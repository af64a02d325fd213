namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A fact of a company's rule book; stream <c>rulebook</c>. One per change, so that a change planned for later
/// keeps what others change until then.</summary>
public abstract record RuleBookFact : ConfigurationFact;

/// <summary>A fact of one rule.</summary>
public abstract record RuleFact : RuleBookFact;

/// <param name="Behind">The rule it comes right after; null for the first place. Where that rule is gone, the
/// last place.</param>
/// <param name="CopyOf">The rule it was copied from.</param>
public sealed record RuleAdded(Rule Rule, Guid? Behind, Guid? CopyOf) : RuleFact;

/// <summary>Fields that differ between the two are changed, others are left as they are by then.</summary>
/// <param name="Before">The rule as it was seen when it was changed.</param>
public sealed record RuleRevised(Rule Before, Rule After) : RuleFact;

public sealed record RuleEnabled(Guid RuleId) : RuleFact;

public sealed record RuleDisabled(Guid RuleId) : RuleFact;

/// <param name="Behind">The rule it comes right after; null for the first place. Where that rule is gone, it stays
/// where it is.</param>
public sealed record RuleMoved(Guid RuleId, Guid? Behind) : RuleFact;

public sealed record RuleRemoved(Guid RuleId) : RuleFact;

/// <summary>A removed rule is back, as it was.</summary>
/// <param name="Behind">The rule it comes right after; null for the first place.</param>
public sealed record RuleRestored(Rule Rule, Guid? Behind) : RuleFact;

/// <summary>A fact of one queue.</summary>
public abstract record QueueFact : RuleBookFact;

public sealed record QueueAdded(Queue Queue) : QueueFact;

/// <summary>Fields that differ between the two are changed, others are left as they are by then.</summary>
public sealed record QueueRevised(Queue Before, Queue After) : QueueFact;

public sealed record QueueRemoved(string QueueId) : QueueFact;

/// <param name="Caller">E.164.</param>
public sealed record CallerBlocked(string Caller) : RuleBookFact;

/// <param name="Caller">E.164.</param>
public sealed record CallerUnblocked(string Caller) : RuleBookFact;

/// <param name="To">Null hangs up.</param>
public sealed record DefaultDestinationSet(Destination? To) : RuleBookFact;

/// <summary>The whole book is as it was once.</summary>
/// <param name="Version">The former version that it is again.</param>
public sealed record RuleBookRestored(RuleBook Book, int Version) : RuleBookFact;
