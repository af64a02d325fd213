namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>
/// How many wake-ups of this node wait for the interpreter. A burst commits more groups than a queue holds, and a full
/// queue would hold up the answers; any of the waiting ones finds every group that is committed before it begins.
/// </summary>
/// <remarks>Should all of them begin before the commit ends, the sweep finds what they missed.</remarks>
public sealed class WakeUps
{
    /// <summary>Far more than begin during one commit, far fewer than the queue holds.</summary>
    public const int WaitingMax = 100;

    private int _waiting;

    /// <returns>False when enough are waiting: none need be sent.</returns>
    public bool TryAdd()
    {
        if (Interlocked.Increment(ref _waiting) <= WaitingMax)
        {
            return true;
        }
        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>One has begun, or was never sent. Those of an earlier process were never counted.</summary>
    public void Remove()
    {
        if (Interlocked.Decrement(ref _waiting) < 0)
        {
            Interlocked.Increment(ref _waiting);
        }
    }
}
