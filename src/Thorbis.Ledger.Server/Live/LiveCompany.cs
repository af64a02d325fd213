using System.Threading.Channels;

namespace Thorbis.Ledger.Server.Live;

/// <summary>
/// One company that somebody watches: reads it when told to, at most once per <see cref="Pace"/>, and gives the
/// result to all who watch.
/// </summary>
/// <param name="read">Reads the present state, as it is sent.</param>
internal sealed class LiveCompany(Func<CancellationToken, Task<byte[]>> read, ILogger log) : IDisposable
{
    /// <summary>Between two readings.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>Read again after this long without a word: calls grow old and days end by the clock alone.</summary>
    public static readonly TimeSpan Unasked = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Channel<byte[]>> _watchers = [];
    private byte[]? _latest;

    public void Changed()
    {
        // One word is enough for all that came meanwhile; a second one only costs a reading.
        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }
    }

    /// <summary>Adds one who watches; whoever does not keep up gets the latest state only.</summary>
    public Channel<byte[]> Add()
    {
        var watcher = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_watchers)
        {
            _watchers.Add(watcher);
            if (_watchers.Count == 1)
            {
                var stop = _stop.Token;
                _ = Task.Run(() => RunAsync(stop), CancellationToken.None);
            }
            else if (_latest is { } known)
            {
                watcher.Writer.TryWrite(known);
            }
        }
        return watcher;
    }

    /// <summary>Takes one who watched away; true when that was the last.</summary>
    public bool Remove(Channel<byte[]> watcher)
    {
        lock (_watchers)
        {
            _watchers.Remove(watcher);
            return _watchers.Count == 0;
        }
    }

    /// <summary>Stops reading.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _changed.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await ReadAsync(stop);
                await Task.Delay(Pace, stop);
                await _changed.WaitAsync(Unasked, stop);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
            log.LogTrace("Nobody watches any more.");
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            var state = await read(stop);
            if (_latest is null || !state.AsSpan().SequenceEqual(_latest))
            {
                Publish(state);
            }
        }
        catch (Exception problem) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(problem, "The live state of a company could not be read; the next word has it read again.");
        }
    }

    private void Publish(byte[] state)
    {
        lock (_watchers)
        {
            _latest = state;
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(state));
        }
    }
}
