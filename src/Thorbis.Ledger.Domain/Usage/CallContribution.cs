using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Usage;

/// <summary>The figures of one call.</summary>
internal static class CallContribution
{
    public static Contribution? Of(CallView call)
    {
        if (call.Direction is not { } direction)
        {
            return null;
        }
        var figures = new long[Contribution.FigureCount];
        figures[(int)(direction == CallDirection.Incoming ? Figure.CallsIn : Figure.CallsOut)] = 1;
        figures[(int)Figure.CallsInternal] = call.Internal ? 1 : 0;
        if (call.Outcome is { } outcome)
        {
            Ended(call, figures, Counter(direction, outcome));
        }
        return new Contribution(call.UsageAt, call.Number is null ? [] : [call.Number], figures)
        {
            Party = call.Party,
            Waits = direction == CallDirection.Incoming ? Waits(call) : [],
        };
    }

    private static List<WaitSample> Waits(CallView call)
    {
        var waits = new List<WaitSample>(0);
        if (call.WaitMicroseconds is { } microseconds)
        {
            waits.Add(new(KindOf(call.Outcome), microseconds));
        }
        if (call.QueueSeconds is { } seconds)
        {
            waits.Add(new(WaitKind.Queue, seconds * 1_000_000));
        }
        return waits;
    }

    private static WaitKind KindOf(CallOutcome? outcome) => outcome switch
    {
        CallOutcome.Answered => WaitKind.Answered,
        CallOutcome.Abandoned => WaitKind.Abandoned,
        CallOutcome.Voicemail => WaitKind.Voicemail,
        _ => throw new InvalidOperationException($"No wait is defined for the outcome {outcome}."),
    };

    private static void Ended(CallView call, long[] figures, Figure counter)
    {
        figures[(int)Figure.CallsEnded] = 1;
        figures[(int)counter] = 1;
        figures[(int)Figure.TalkCalls] = call.TalkMicroseconds > 0 ? 1 : 0;
        figures[(int)Figure.TalkMicroseconds] = call.TalkMicroseconds;
        figures[(int)Figure.RingMicroseconds] = call.RingMicroseconds;
        figures[(int)Figure.BillableCalls] = call.BillableSeconds > 0 ? 1 : 0;
        figures[(int)Figure.BillableSeconds] = call.BillableSeconds;
        figures[(int)Figure.CarrierBilledSeconds] = call.CarrierBilledSeconds ?? 0;
    }

    private static Figure Counter(CallDirection direction, CallOutcome outcome) => outcome switch
    {
        CallOutcome.Blocked => Figure.Blocked,
        CallOutcome.Answered => Figure.Answered,
        CallOutcome.Voicemail => Figure.Voicemail,
        CallOutcome.SelfServed => Figure.SelfServed,
        CallOutcome.Short => Figure.Short,
        CallOutcome.Abandoned => Figure.Abandoned,
        CallOutcome.Connected => Figure.Connected,
        CallOutcome.Machine => Figure.Machine,
        CallOutcome.Busy => Figure.Busy,
        CallOutcome.Failed => Figure.Failed,
        _ => direction == CallDirection.Incoming ? Figure.Unanswered : Figure.UnansweredOut,
    };
}
