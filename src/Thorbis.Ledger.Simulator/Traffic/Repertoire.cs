namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Which scene is played how often.</summary>
internal sealed class Repertoire
{
    private static readonly (int Weight, Action<Scene> Play)[] Calls =
    [
        (180, IncomingCalls.Forwarded),
        (120, IncomingCalls.Direct),
        (60, MissedCalls.Abandoned),
        (30, MissedCalls.Short),
        (20, MissedCalls.Unanswered),
        (15, MissedCalls.Rejected),
        (40, IncomingCalls.SelfServed),
        (40, IncomingCalls.Mailbox),
        (60, IncomingCalls.Queued),
        (120, OutgoingCalls.Connected),
        (25, OutgoingCalls.Machine),
        (15, OutgoingCalls.Busy),
        (35, OutgoingCalls.Unanswered),
        (8, OutgoingCalls.Failed),
        (15, OutgoingCalls.Internal),
        (8, OutgoingCalls.BetweenCompanies),
    ];

    private static readonly (int Weight, Action<Scene> Play)[] Messages =
    [
        (140, MessageScenes.Received),
        (20, MessageScenes.ReceivedPicture),
        (8, MessageScenes.ReceivedByTwo),
        (160, MessageScenes.Sent),
        (20, MessageScenes.SentPicture),
        (20, MessageScenes.SentToGroup),
    ];

    private static readonly (int Weight, Action<Scene> Play)[] Others =
    [
        (3, OtherScenes.NumberOrder),
        (2, OtherScenes.Porting),
        (4, OtherScenes.UnknownType),
        (5, OtherScenes.UnknownNumber),
    ];

    private readonly (int Weight, Action<Scene> Play)[] scenes;
    private readonly int total;

    public Repertoire(TrafficMix mix)
    {
        scenes = mix switch
        {
            TrafficMix.Calls => Calls,
            TrafficMix.Messages => Messages,
            TrafficMix.Communications => [.. Calls, .. Messages],
            _ => [.. Calls, .. Messages, .. Others],
        };
        total = scenes.Sum(scene => scene.Weight);
    }

    public Action<Scene> Choose(TrafficRandom random)
    {
        var rest = random.Between(0, total - 1);
        var choice = 0;
        while (rest >= scenes[choice].Weight)
        {
            rest -= scenes[choice++].Weight;
        }
        return scenes[choice].Play;
    }
}
