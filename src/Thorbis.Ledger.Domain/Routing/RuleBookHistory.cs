using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>All facts of a rule book, in the order of their stream.</summary>
public sealed record RuleBookHistory(IReadOnlyList<RuleBookFact> Facts)
{
    public static readonly RuleBookHistory Empty = new([]);

    /// <summary>0 when nothing was ever changed; one more with each fact.</summary>
    public int Version => Facts.Count;

    public RuleBookHistory With(IEnumerable<RuleBookFact> facts) => new([.. Facts, .. facts]);

    /// <summary>The book in force at an instant.</summary>
    /// <param name="known">As the ledger knew it then; null for as it knows now.</param>
    public RuleBook InForce(Instant at, Instant? known = null) => StateAt(at, known).Book;

    public RuleBookState StateAt(Instant at, Instant? known = null) =>
        EffectiveOrder.InForce(Facts, at, known).Aggregate(RuleBookState.Empty, RuleBookState.Evolve);

    /// <summary>The book as a change left it, at the instant from which on that change holds.</summary>
    /// <param name="version">1 to <see cref="Version"/>; 0 for the empty book.</param>
    public RuleBook AtVersion(int version) => version == 0
        ? RuleBook.Empty
        : new RuleBookHistory([.. Facts.Take(version)]).InForce(Facts[version - 1].EffectiveAt);

    /// <summary>When the book changes: the instant given, and each later one for which something is planned.</summary>
    internal IEnumerable<Instant> From(Instant at) =>
        Facts.Select(fact => fact.EffectiveAt).Where(planned => planned > at).Append(at).Distinct().Order();
}
