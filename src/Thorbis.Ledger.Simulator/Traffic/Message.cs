using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>One message; each method tells a webhook of the scene's present instant.</summary>
internal sealed partial class Message
{
    private const int GsmPart = 160, GsmPartOfMany = 153, UnicodePart = 70, UnicodePartOfMany = 67;

    private readonly Scene scene;
    private readonly bool incoming;
    private readonly string from;
    private readonly IReadOnlyList<string> to;
    private readonly string[] statuses;
    private readonly string[] pictures;
    private readonly bool multimedia;
    private readonly string text;
    private readonly bool unicode;
    private readonly Instant receivedAt;
    private Instant? sentAt;
    private Instant? completedAt;

    private Message(Scene scene, bool incoming, string from, IReadOnlyList<string> to, int media, bool group)
    {
        (this.scene, this.incoming, this.from, this.to) = (scene, incoming, from, to);
        scene.Subject = scene.Random.Uuid();
        pictures = [.. Enumerable.Range(0, media).Select(_ => scene.Random.Uuid())];
        multimedia = media > 0 || group || to.Count > 1;
        unicode = scene.Random.Chance(0.15);
        text = incoming && media > 0 && scene.Random.Chance(0.5) ? "" : Words(scene.Random, unicode);
        statuses = [.. to.Select(_ => incoming ? "webhook_delivered" : "queued")];
        receivedAt = Instant.FromUnixTimeMilliseconds(scene.Now.ToUnixTimeMilliseconds());
    }

    public static Message Incoming(Scene scene, string from, IReadOnlyList<string> to, int media) =>
        new(scene, incoming: true, from, to, media, group: false);

    public static Message Outgoing(
        Scene scene, string from, IReadOnlyList<string> to, int media, bool group = false) =>
        new(scene, incoming: false, from, to, media, group);

    private int Parts
    {
        get
        {
            var (one, many) = unicode ? (UnicodePart, UnicodePartOfMany) : (GsmPart, GsmPartOfMany);
            return multimedia || text.Length <= one ? 1 : (text.Length + many - 1) / many;
        }
    }

    /// <summary>USD for all recipients, without the carrier's fee.</summary>
    private decimal Price => (incoming, multimedia) switch
    {
        (true, false) => 0m,
        (true, true) => 0.0050m,
        (false, false) => 0.0040m * Parts * to.Count,
        (false, true) => 0.0150m * to.Count,
    };

    /// <summary>USD, for all recipients; outgoing only.</summary>
    private decimal CarrierFee => incoming ? 0m : 0.00305m * to.Count;

    public void Received()
    {
        scene.Wait(0.05, 0.3);
        scene.TellMessaging("message.received", Write);
    }

    public void Sent()
    {
        sentAt = scene.Now;
        Array.Fill(statuses, "sent");
        scene.TellMessaging("message.sent", Write);
    }

    public void Finalized()
    {
        completedAt = scene.Now;
        for (var i = 0; i < statuses.Length; i++)
        {
            statuses[i] = scene.Random.Unit() switch
            {
                < 0.90 => "delivered",
                < 0.94 => "delivery_unconfirmed",
                < 0.98 => "delivery_failed",
                _ => "sending_failed",
            };
        }
        scene.TellMessaging("message.finalized", Write);
    }

    private static string Words(TrafficRandom random, bool unicode)
    {
        var choices = unicode ? Phrases.Unicode : Phrases.Written;
        var sentences = random.Chance(0.1) ? random.Between(3, 8) : 1;
        return string.Join(' ', Enumerable.Range(0, sentences).Select(_ => random.Pick(choices)));
    }
}
