using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>One call while it is decided on: what was found out so far, so that nothing is looked up twice.</summary>
internal sealed class Hearing
{
    public const int WeekMinutes = 7 * 1440;

    private readonly CompiledBook _book;
    private TraceStep[] _trace;
    private int _steps;
    private int[]? _minutes;
    private OpenState?[]? _hours;

    public Hearing(CompiledBook book, CallSituation situation)
    {
        (_book, Situation) = (book, situation);
        Called = PhoneNumber.Normalize(situation.Called) ?? situation.Called;
        Caller = CallerOf(situation.Caller);
        CalledIndex = book.CalledIndex(Called);
        CallerIndex = book.CallerIndex(Caller);
        _trace = new TraceStep[book.Rules.Length + 8];
    }

    public CallSituation Situation { get; }

    /// <summary>E.164 where it can be.</summary>
    public string Called { get; }

    /// <summary>E.164 where it can be; null for who shows no number.</summary>
    public string? Caller { get; }

    /// <summary>-1 when no condition names it.</summary>
    public int CalledIndex { get; }

    /// <summary>-1 when no condition names it.</summary>
    public int CallerIndex { get; }

    /// <summary>What the call has instead of what the last condition that did not hold asks for.</summary>
    public string? Value { get; set; }

    /// <summary>As <see cref="Value"/>, where it is a number.</summary>
    public int Number { get; set; }

    public IReadOnlyList<TraceStep> Trace => new ArraySegment<TraceStep>(_trace, 0, _steps);

    public void Tell(TraceCode code, string? of = null, string? value = null, int number = 0, short place = -1)
    {
        if (_steps == _trace.Length)
        {
            Array.Resize(ref _trace, _steps * 2);
        }
        _trace[_steps++] = new(code, of, value, number, place);
    }

    public OpenState Hours(int schedule)
    {
        _hours ??= new OpenState?[_book.Hours.Length];
        return _hours[schedule] ??= _book.Hours[schedule](Situation.At);
    }

    /// <summary>By the clock on the wall; 0 is Monday's first minute.</summary>
    public int MinuteOfWeek(int zone)
    {
        _minutes ??= new int[_book.Zones.Length];
        if (_minutes[zone] == 0)
        {
            var offset = _book.Zones[zone].GetUtcOffset(Situation.At).Seconds;
            var minutes = Math.DivRem(Situation.At.ToUnixTimeSeconds() + offset, 60, out var seconds);
            // 1970 began on a Thursday. One more than the minute, so that 0 stays free for "not yet".
            var minute = (minutes - (seconds < 0 ? 1 : 0) + (3 * 1440)) % WeekMinutes;
            _minutes[zone] = (int)(minute < 0 ? minute + WeekMinutes : minute) + 1;
        }
        return _minutes[zone] - 1;
    }

    /// <summary>Browsers and desk phones have SIP addresses: those are shown, but no numbers.</summary>
    private static string? CallerOf(string? caller) =>
        PhoneNumber.Normalize(caller)
        ?? (caller?.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) == true
            && !caller.StartsWith("sip:anonymous", StringComparison.OrdinalIgnoreCase) ? caller : null);
}
