namespace Thorbis.Ledger.Domain.Schedules;

/// <summary>The states of a stretch of time; never changed.</summary>
/// <param name="starts">Unix seconds at which each state begins, ascending, from the page's own start.</param>
/// <param name="states">Neighbours differ, as objects.</param>
/// <param name="end">Exclusive.</param>
internal sealed class TimetablePage(long[] starts, OpenState[] states, long end)
{
    public long[] Starts => starts;

    public OpenState[] States => states;

    public long Start => starts[0];

    public long End => end;

    /// <summary>Of the state at a second of the page.</summary>
    public int IndexOf(long second)
    {
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (starts[middle] <= second)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }
        return low;
    }

    /// <summary>Takes states in order of time.</summary>
    internal sealed class Builder(long end)
    {
        private readonly List<long> starts = [];
        private readonly List<OpenState> states = [];

        /// <summary>From then on it is so, as far as that lies in a part of the page: a state that begins before the
        /// part holds at its begin, unless a later one does.</summary>
        public void Add(long from, OpenState state, long partStart, long partEnd)
        {
            if (from >= partEnd)
            {
                return;
            }
            var at = Math.Max(from, partStart);
            if (starts.Count > 0 && starts[^1] == at)
            {
                starts.RemoveAt(starts.Count - 1);
                states.RemoveAt(states.Count - 1);
            }
            if (states.Count == 0 || !ReferenceEquals(states[^1], state))
            {
                starts.Add(at);
                states.Add(state);
            }
        }

        public TimetablePage Build() => new([.. starts], [.. states], end);
    }
}
