using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Usage;

namespace Thorbis.Ledger.Domain.Tests.Usage;

/// <summary>One call, read from its facts by the sentences of docs/glossary.md.</summary>
internal sealed class CallRecount
{
    private readonly List<LegRecount> _legs;
    private readonly LegRecount? _earliest;
    private readonly LegRecount? _twin;

    public CallRecount(List<CallFact> facts)
    {
        _legs = [.. facts.GroupBy(fact => fact.LegId).Select(leg => new LegRecount(leg.Key, [.. leg]))];
        var started = _legs.Where(leg => leg.Start is not null)
            .OrderBy(leg => leg.Start!.OccurredAt).ThenBy(leg => leg.LegId, StringComparer.Ordinal).ToList();
        _earliest = started.FirstOrDefault();
        _twin = started.Find(leg => leg.Start!.Direction != _earliest!.Start!.Direction
            && leg.Start.OwnNumber is not null && _earliest.Start.OwnNumber is not null
            && leg.Start.From == _earliest.Start.From && leg.Start.To == _earliest.Start.To);
        Primary = _twin is { Incoming: true } ? _twin : _earliest;
    }

    public LegRecount? Primary { get; }

    public Instant UsageAt => _earliest!.Start!.OccurredAt;

    public string? Number => Primary!.Start!.OwnNumber;

    private Instant? End => _legs.Exists(leg => leg.End is null) ? null : _legs.Max(leg => leg.End);

    private LegRecount? Echo => _twin is null ? null : Primary == _twin ? _earliest : _twin;

    private List<LegRecount> Line => [.. _legs.Where(leg => leg != Echo)];

    public List<(Figure Figure, long Amount)> Figures()
    {
        var figures = new List<(Figure, long)> { (Primary!.Incoming ? Figure.CallsIn : Figure.CallsOut, 1) };
        if (_twin is not null)
        {
            figures.Add((Figure.CallsInternal, 1));
        }
        if (End is { } end)
        {
            figures.AddRange(
                [(Figure.CallsEnded, 1), (Primary.Incoming ? Incoming(Primary) : Outgoing(Primary), 1), .. Times(end)]);
        }
        return figures;
    }

    private IEnumerable<(Figure, long)> Times(Instant end)
    {
        var bridges = Line.Where(leg => leg.Bridged is not null).Select(leg => leg.Bridged!.Value).ToList();
        Instant? begin = bridges.Count > 0 ? bridges.Min() : Line.Count == 1 ? Line[0].Answered : null;
        var talk = begin is { } at ? Microseconds(at, end) : 0;
        var billable = _legs.Sum(leg => leg.Answered is { } answered
            ? (long)Math.Ceiling(Microseconds(answered, leg.End!.Value) / 1_000_000m)
            : leg.CarrierSeconds ?? 0);
        yield return (Figure.TalkCalls, talk > 0 ? 1 : 0);
        yield return (Figure.TalkMicroseconds, talk);
        yield return (Figure.RingMicroseconds, Microseconds(Primary!.Start!.OccurredAt, Primary.Answered ?? end));
        yield return (Figure.BillableCalls, billable > 0 ? 1 : 0);
        yield return (Figure.BillableSeconds, billable);
        yield return (Figure.CarrierBilledSeconds, _legs.Sum(leg => leg.CarrierSeconds ?? 0));
    }

    private Figure Incoming(LegRecount primary)
    {
        (Figure Word, bool Applies)[] words =
        [
            (Figure.Blocked, Blocked(primary)),
            (Figure.Answered, Taken(primary)),
            (Figure.SelfServed, SelfServed(primary)),
            (Figure.Short, CallerLeft(primary) && Left(primary) <= 5_000_000),
            (Figure.Abandoned, CallerLeft(primary)),
            (Figure.Unanswered, true),
        ];
        return words.First(word => word.Applies).Word;
    }

    private static bool Blocked(LegRecount primary)
    {
        var screening = primary.Start!.Screening?.ToUpperInvariant() ?? "";
        return primary.Answered is null && (primary.HangUp?.Cause == "call_rejected"
            || screening.Contains("REJECT") || screening.Contains("BLOCK"));
    }

    private bool Taken(LegRecount primary)
    {
        var others = Line.Where(leg => leg != primary && leg.Bridged is not null).ToList();
        return others.Count > 0
            ? others.Exists(leg => !leg.Machine)
            : primary.Bridged is not null || (Line.Count == 1 && primary is { Answered: not null, Automatic: false });
    }

    private bool SelfServed(LegRecount primary) =>
        primary.Menu && Line.Count == 1 && !primary.Queued && primary.HangUp?.Source == "callee";

    private static bool CallerLeft(LegRecount primary) =>
        primary.HangUp?.Source == "caller" || primary.HangUp?.Cause == "originator_cancel";

    private static long Left(LegRecount primary) =>
        Microseconds(primary.Start!.OccurredAt, primary.HangUp!.OccurredAt);

    private static Figure Outgoing(LegRecount primary)
    {
        if (primary.Answered is not null)
        {
            return primary.Machine ? Figure.Machine : Figure.Connected;
        }
        var cause = primary.HangUp?.Cause ?? "normal_clearing";
        var decides = cause is not ("normal_clearing" or "call_rejected");
        return cause == "user_busy" ? Figure.Busy
            : cause is "no_answer" or "timeout" or "originator_cancel" ? Figure.UnansweredOut
            : decides ? Figure.Failed
            : Sip(primary.HangUp?.SipCode);
    }

    private static Figure Sip(string? code)
    {
        var number = int.TryParse(code, out var told) ? told : 200;
        int[] busy = [486, 600], nobody = [408, 480, 487, 603];
        return busy.Contains(number) ? Figure.Busy
            : number is < 400 or > 699 || nobody.Contains(number) ? Figure.UnansweredOut
            : Figure.Failed;
    }

    private static long Microseconds(Instant from, Instant to) =>
        Math.Max(0, (to.ToUnixTimeTicks() - from.ToUnixTimeTicks()) / 10);
}
