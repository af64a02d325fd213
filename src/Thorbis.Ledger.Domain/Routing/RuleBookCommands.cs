using System.Text.Json.Serialization;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What may be asked of a rule book. Drafts hold some of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AddRule), "add_rule")]
[JsonDerivedType(typeof(ReviseRule), "revise_rule")]
[JsonDerivedType(typeof(DuplicateRule), "duplicate_rule")]
[JsonDerivedType(typeof(EnableRule), "enable_rule")]
[JsonDerivedType(typeof(DisableRule), "disable_rule")]
[JsonDerivedType(typeof(MoveRule), "move_rule")]
[JsonDerivedType(typeof(RemoveRule), "remove_rule")]
[JsonDerivedType(typeof(RestoreRule), "restore_rule")]
[JsonDerivedType(typeof(AddQueue), "add_queue")]
[JsonDerivedType(typeof(ReviseQueue), "revise_queue")]
[JsonDerivedType(typeof(RemoveQueue), "remove_queue")]
[JsonDerivedType(typeof(BlockCaller), "block_caller")]
[JsonDerivedType(typeof(UnblockCaller), "unblock_caller")]
[JsonDerivedType(typeof(SetDefaultDestination), "set_default")]
[JsonDerivedType(typeof(RestoreBook), "restore_book")]
public abstract record RuleBookCommand;

/// <summary>What may be asked of a rule. Places are counted from 1.</summary>
public abstract record RuleCommand : RuleBookCommand;

/// <param name="Place">Null for the last.</param>
public sealed record AddRule(Rule Rule, int? Place = null) : RuleCommand;

/// <param name="Rule">As it shall be, every field of it.</param>
public sealed record ReviseRule(Rule Rule) : RuleCommand;

/// <summary>A copy right behind the rule, switched off until it has been looked at.</summary>
public sealed record DuplicateRule(Guid RuleId, Guid CopyId, string Name) : RuleCommand;

public sealed record EnableRule(Guid RuleId) : RuleCommand;

public sealed record DisableRule(Guid RuleId) : RuleCommand;

public sealed record MoveRule(Guid RuleId, int Place) : RuleCommand;

public sealed record RemoveRule(Guid RuleId) : RuleCommand;

/// <param name="Place">Null for the last.</param>
public sealed record RestoreRule(Guid RuleId, int? Place = null) : RuleCommand;

/// <summary>What may be asked of a queue.</summary>
public abstract record QueueCommand : RuleBookCommand;

public sealed record AddQueue(Queue Queue) : QueueCommand;

/// <param name="Queue">As it shall be, every field of it.</param>
public sealed record ReviseQueue(Queue Queue) : QueueCommand;

public sealed record RemoveQueue(string QueueId) : QueueCommand;

/// <param name="Caller">E.164.</param>
public sealed record BlockCaller(string Caller) : RuleBookCommand;

/// <param name="Caller">E.164.</param>
public sealed record UnblockCaller(string Caller) : RuleBookCommand;

/// <param name="To">Null hangs up.</param>
public sealed record SetDefaultDestination(Destination? To) : RuleBookCommand;

/// <param name="Version">The book as that change left it.</param>
public sealed record RestoreBook(int Version) : RuleBookCommand;
