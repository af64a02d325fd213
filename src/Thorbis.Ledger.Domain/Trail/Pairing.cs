namespace Thorbis.Ledger.Domain.Trail;

/// <summary>One that is in both lists.</summary>
/// <param name="Label">For paths, by what it was before.</param>
/// <param name="From">Index before.</param>
/// <param name="To">Index after.</param>
internal sealed record Pair<T>(string Label, T Before, int From, T After, int To);

/// <summary>Two lists compared by what their items are, not by where they stand. Items of the same key are told apart
/// by their order.</summary>
/// <param name="Kept">In the order before.</param>
internal sealed record Pairing<T>(
    IReadOnlyList<(string Label, T Item)> Removed, IReadOnlyList<(string Label, T Item)> Added,
    IReadOnlyList<Pair<T>> Kept)
{
    public static Pairing<T> By<TKey>(
        IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, TKey> key, Func<T, string> label)
        where TKey : notnull
    {
        var (old, now) = (Numbered(before, key), Numbered(after, key));
        var places = now.Index().ToDictionary(item => item.Item, item => item.Index);
        var known = old.ToHashSet();
        var (oldLabels, newLabels) = (Labels(before, label), Labels(after, label));
        return new(
            [.. before.Index().Where(b => !places.ContainsKey(old[b.Index])).Select(b => (oldLabels[b.Index], b.Item))],
            [.. after.Index().Where(a => !known.Contains(now[a.Index])).Select(a => (newLabels[a.Index], a.Item))],
            [.. before.Index().Where(b => places.ContainsKey(old[b.Index])).Select(b =>
                new Pair<T>(oldLabels[b.Index], b.Item, b.Index, after[places[old[b.Index]]], places[old[b.Index]]))]);
    }

    /// <summary>The fewest that have to change places for the others to stand in the new order.</summary>
    /// <param name="rather">Of several ways the one that moves this.</param>
    public IReadOnlyList<Pair<T>> Moved(Func<T, bool>? rather = null)
    {
        var staying = Staying([.. Kept.Select(pair => pair.To)]);
        var moved = Kept.Index().Where(pair => !staying.Contains(pair.Index)).Select(pair => pair.Item).ToList();
        return moved is [_] && Kept.Where(pair => rather?.Invoke(pair.Before) == true).ToList() is [var one]
            && Kept.Except([one]).ToList() is var rest
            && rest.Zip(rest.Skip(1)).All(next => next.First.To < next.Second.To) ? [one] : moved;
    }

    /// <summary>Indexes of a longest run that only grows.</summary>
    private static HashSet<int> Staying(IReadOnlyList<int> places)
    {
        // ends[n]: where the run of n + 1 that ends lowest ends; before[i]: what comes before i in its run.
        var (ends, before) = (new List<int>(), new int[places.Count]);
        for (var i = 0; i < places.Count; i++)
        {
            var length = ends.FindIndex(end => places[end] > places[i]);
            length = length < 0 ? ends.Count : length;
            before[i] = length == 0 ? -1 : ends[length - 1];
            if (length == ends.Count)
            {
                ends.Add(i);
            }
            else
            {
                ends[length] = i;
            }
        }
        var run = new HashSet<int>();
        for (var i = ends.Count == 0 ? -1 : ends[^1]; i >= 0; i = before[i])
        {
            run.Add(i);
        }
        return run;
    }

    private static List<(TKey Key, int Nth)> Numbered<TKey>(IEnumerable<T> items, Func<T, TKey> key)
        where TKey : notnull
    {
        var seen = new Dictionary<TKey, int>();
        return [.. items.Select(item =>
        {
            var of = key(item);
            seen[of] = seen.GetValueOrDefault(of) + 1;
            return (of, seen[of]);
        })];
    }

    private static List<string> Labels(IEnumerable<T> items, Func<T, string> label) =>
        [.. Numbered(items, label).Select(item => item.Nth == 1 ? item.Key : $"{item.Key}#{item.Nth}")];
}
