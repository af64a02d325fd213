using Microsoft.Extensions.Options;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Tells interpretation when to step aside: a burst's answers come before its figures.</summary>
public sealed class IntakePressure(IOptions<IntakeOptions> options, TimeProvider time)
{
    /// <summary>Webhooks in one window with which a burst begins: 1,000 a second.</summary>
    private const int BurstLength = 100;

    /// <summary>Below this it is over: a short stall of the sender does not end it.</summary>
    private const int QuietLength = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private long _windowBegan = time.GetTimestamp();
    private int _inWindow, _inWindowBefore;
    private bool _burst, _yielded;

    public void Arrived()
    {
        lock (_gate)
        {
            Roll();
            _inWindow++;
        }
    }

    /// <summary>
    /// Returns at once when no burst is on, else when it is over or has been yielded to for
    /// <see cref="IntakeOptions.YieldMax"/>; a burst is yielded to once.
    /// </summary>
    public async Task YieldAsync(CancellationToken stop)
    {
        var began = time.GetTimestamp();
        while (Burst() && !_yielded)
        {
            await Task.Delay(Window / 4, time, stop);
            _yielded = time.GetElapsedTime(began) >= options.Value.YieldMax;
        }
    }

    private bool Burst()
    {
        lock (_gate)
        {
            Roll();
            _burst = Math.Max(_inWindow, _inWindowBefore) >= (_burst ? QuietLength : BurstLength);
            _yielded &= _burst;
            return _burst;
        }
    }

    private void Roll()
    {
        var elapsed = time.GetElapsedTime(_windowBegan);
        if (elapsed >= Window)
        {
            (_inWindowBefore, _inWindow) = (elapsed < 2 * Window ? _inWindow : 0, 0);
            _windowBegan = time.GetTimestamp();
        }
    }
}
