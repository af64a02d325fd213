using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What a fact made of a thing.</summary>
/// <param name="Before">In force at the fact's effective instant, as known when it was recorded.</param>
/// <param name="After">The same with the fact.</param>
internal sealed record Unfolded<TFact, TState>(TFact Fact, TState Before, TState After);

/// <summary>Goes through a stream once and tells of facts what they changed.</summary>
internal static class Unfolding
{
    /// <param name="facts">In the order of their stream.</param>
    /// <param name="wanted">Which of them are told, by their places; the others only count.</param>
    /// <param name="empty">Before the first.</param>
    public static IEnumerable<Unfolded<TFact, TState>> Of<TFact, TState>(
        IEnumerable<TFact> facts, Func<int, bool> wanted, TState empty, Func<TState, TFact, TState> evolve)
        where TFact : ConfigurationFact
    {
        // Nothing is recorded that holds before it is recorded: what is in force by then is settled, and but for a
        // clock that was set back only what is planned has to be folded again.
        var (settled, until) = (empty, Instant.MinValue);
        var (seen, planned) = (new List<TFact>(), new List<TFact>());
        foreach (var (place, fact) in facts.Index())
        {
            while (planned is [var due, ..] && due.EffectiveAt <= fact.OccurredAt)
            {
                (settled, until) = (evolve(settled, due), due.EffectiveAt);
                planned.RemoveAt(0);
            }
            if (wanted(place))
            {
                var before = fact.EffectiveAt < until
                    ? EffectiveOrder.InForce(seen, fact.EffectiveAt).Aggregate(empty, evolve)
                    : planned.TakeWhile(next => next.EffectiveAt <= fact.EffectiveAt).Aggregate(settled, evolve);
                yield return new(fact, before, evolve(before, fact));
            }
            seen.Add(fact);
            if (fact.EffectiveAt < until)
            {
                settled = EffectiveOrder.InForce(seen, until).Aggregate(empty, evolve);
            }
            else
            {
                planned.Insert(planned.TakeWhile(next => next.EffectiveAt <= fact.EffectiveAt).Count(), fact);
            }
        }
    }
}
