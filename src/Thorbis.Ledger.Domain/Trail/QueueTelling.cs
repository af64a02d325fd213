using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in a queue.</summary>
internal sealed class QueueTelling(NameBook names)
{
    private readonly PlaceTelling _places = new(names);

    public static string Called(Queue queue) => $"queue '{queue.Name}'";

    public IEnumerable<FieldChange> Of(Queue? before, Queue? after) =>
        Telling.Whole(before, after, Called, Brief, Fields);

    public IEnumerable<FieldChange> Fields(Queue before, Queue after) =>
    [
        .. Telling.Value("id", "id", before.Id, after.Id),
        .. Telling.Name(before.Name, after.Name),
        .. Telling.Listed(
            "members", "member", before.Members, after.Members, _places.Member,
            InTurn(before.Strategy) || InTurn(after.Strategy)),
        .. Telling.Value("strategy", "strategy", before.Strategy, after.Strategy, Strategy),
        .. Telling.Seconds("waitSecondsMax", "longest wait", before.WaitSecondsMax, after.WaitSecondsMax),
        .. Telling.Count("sizeMax", "most callers", before.SizeMax, after.SizeMax),
        .. Telling.Value(
            "holdAudio", "hold audio", before.HoldAudio, after.HoldAudio,
            audio => $"recording '{_places.Audio(audio!)}'"),
        .. Telling.Switch(
            "announcePosition", "announcing the position", before.AnnouncePosition, after.AnnouncePosition),
        .. _places.Destination("overflow", "overflow", before.Overflow, after.Overflow),
        .. CallBacks(before.CallBack, after.CallBack),
    ];

    public string Brief(Queue queue) =>
        $"{Strategy(queue.Strategy)} to {Telling.Some(queue.Members.Select(_places.Member))}, "
        + $"at most {TraceWords.Count(queue.SizeMax, "caller")} and {queue.WaitSecondsMax} s, "
        + $"then {_places.Text(queue.Overflow)}";

    private static IEnumerable<FieldChange> CallBacks(CallBackOffer? before, CallBackOffer? after) =>
        before is null || after is null
            ? Telling.Value(
                "callBack", "call-back", before, after,
                offer => $"key {offer!.Key} after {offer.AfterSeconds} s")
            :
            [
                .. Telling.Seconds(
                    "callBack.afterSeconds", "call-back offered after", before.AfterSeconds, after.AfterSeconds),
                .. Telling.Value("callBack.key", "call-back key", before.Key, after.Key),
            ];

    /// <summary>Whether members have a place.</summary>
    private static bool InTurn(QueueStrategy strategy) => strategy is QueueStrategy.RoundRobin or QueueStrategy.InOrder;

    private static string Strategy(QueueStrategy strategy) => strategy switch
    {
        QueueStrategy.RoundRobin => "in turns",
        QueueStrategy.Simultaneous => "all at once",
        QueueStrategy.LongestIdle => "longest idle first",
        _ => "in the order of the list",
    };
}
