namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Messages in and out.</summary>
internal static class MessageScenes
{
    public static void Received(Scene scene) =>
        Message.Incoming(scene, scene.Outsider(), [scene.OwnNumber()], media: 0).Received();

    public static void ReceivedPicture(Scene scene) =>
        Message.Incoming(scene, scene.Outsider(), [scene.OwnNumber()], scene.Random.Between(1, 3)).Received();

    /// <summary>One message to numbers of two companies (of two of its own, where there is one company only).</summary>
    public static void ReceivedByTwo(Scene scene)
    {
        var other = scene.Random.Pick(scene.Companies);
        var first = scene.OwnNumber();
        var second = other.Numbers.FirstOrDefault(number => number != first);
        Message.Incoming(scene, scene.Outsider(), second is null ? [first] : [first, second], media: 1).Received();
    }

    public static void Sent(Scene scene) =>
        Deliver(scene, Message.Outgoing(scene, scene.OwnNumber(), [scene.Outsider()], media: 0));

    public static void SentPicture(Scene scene) =>
        Deliver(scene, Message.Outgoing(scene, scene.OwnNumber(), [scene.Outsider()], media: 1));

    /// <summary>A group MMS: one message, each recipient with a state of its own.</summary>
    public static void SentToGroup(Scene scene)
    {
        var to = Enumerable.Range(0, scene.Random.Between(2, 5)).Select(_ => scene.Outsider()).Distinct();
        Deliver(scene, Message.Outgoing(scene, scene.OwnNumber(), [.. to], scene.Random.Between(0, 1), group: true));
    }

    private static void Deliver(Scene scene, Message message)
    {
        scene.Wait(0.02, 0.4);
        message.Sent();
        scene.Wait(0.3, 25);
        message.Finalized();
    }
}
