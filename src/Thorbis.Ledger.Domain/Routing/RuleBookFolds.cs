using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A rule book at any instant, as known at any time. It is the fold of <see cref="RuleBookHistory"/>; every so
/// many facts the state is kept, so that an answer folds few of them.</summary>
internal sealed class RuleBookFolds
{
    private const int Every = 250;

    private static readonly Kept Empty = new(RuleBookState.Empty, 0, Instant.MinValue, Instant.MinValue, 0);

    /// <summary>In the order in which they hold.</summary>
    private readonly RecordedChange[] _changes;
    private readonly List<Kept> _kept = [Empty];

    /// <param name="stream">In its order.</param>
    public RuleBookFolds(IEnumerable<RecordedChange> stream)
    {
        _changes = [.. stream.Where(change => change.Fact is RuleBookFact).OrderBy(change => change.Fact.EffectiveAt)];
        while (_kept[^1].Count + Every <= _changes.Length)
        {
            _kept.Add(_kept[^1].With(_changes.AsSpan(_kept[^1].Count, Every)));
        }
    }

    /// <param name="known">Only what was recorded by then counts; null for all.</param>
    /// <param name="sequence">Only what the ledger has up to there counts.</param>
    public RuleBook At(Instant at, Instant? known, long sequence)
    {
        var kept = _kept.FindLast(one => one.Effective <= at && one.Sequence <= sequence && !(one.Recorded > known))!;
        var state = kept.State;
        for (var i = kept.Count; i < _changes.Length && _changes[i].Fact.EffectiveAt <= at; i++)
        {
            var change = _changes[i];
            if (change.Sequence <= sequence && !(change.Fact.OccurredAt > known))
            {
                state = RuleBookState.Evolve(state, (RuleBookFact)change.Fact);
            }
        }
        return state.Book;
    }

    /// <summary>The state after the first facts, and the latest of their instants and places.</summary>
    private sealed record Kept(RuleBookState State, int Count, Instant Effective, Instant Recorded, long Sequence)
    {
        public Kept With(ReadOnlySpan<RecordedChange> more)
        {
            var (state, recorded, sequence) = (State, Recorded, Sequence);
            foreach (var change in more)
            {
                state = RuleBookState.Evolve(state, (RuleBookFact)change.Fact);
                recorded = Instant.Max(recorded, change.Fact.OccurredAt);
                sequence = Math.Max(sequence, change.Sequence);
            }
            return new(state, Count + more.Length, more[^1].Fact.EffectiveAt, recorded, sequence);
        }
    }
}
