namespace Thorbis.Ledger.Domain.Routing;

/// <summary>All that decides where a company's incoming calls go, at one instant.</summary>
/// <param name="Rules">In their order: the first that applies decides.</param>
/// <param name="Blocked">E.164 of the callers who are rejected before any rule is looked at.</param>
/// <param name="Default">Where a call goes that no rule applies to, or that nothing else could take; null hangs
/// up.</param>
public sealed record RuleBook(
    IReadOnlyList<Rule> Rules, IReadOnlyList<Queue> Queues, IReadOnlyList<string> Blocked, Destination? Default)
{
    public const int RulesMax = 500;
    public const int QueuesMax = 200;
    public const int BlockedMax = 10_000;

    public static readonly RuleBook Empty = new([], [], [], null);

    public bool Equals(RuleBook? other) => other is not null && Default == other.Default
        && Lists.Same(Rules, other.Rules) && Lists.Same(Queues, other.Queues) && Lists.Same(Blocked, other.Blocked);

    public override int GetHashCode() => HashCode.Combine(Rules.Count, Queues.Count, Blocked.Count, Default);

    public Rule? Rule(Guid id) => Rules.FirstOrDefault(rule => rule.Id == id);

    public Queue? Queue(string id) => Queues.FirstOrDefault(queue => queue.Id == id);
}
