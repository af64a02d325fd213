using System.Text.Json;
using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>One communication while it is played: who, when, and the webhooks it has caused so far.</summary>
internal sealed class Scene(TrafficOptions options, WebhookJson json, TrafficRandom random)
{
    private static readonly Duration Latency = Duration.FromMilliseconds(180);

    // Apart from the content's, so that the same seed tells the same stories however they are delivered.
    private readonly TrafficRandom delivery = new(options.Seed ^ 0xD15_0DE2);
    private readonly List<SimulatedWebhook> webhooks = [];
    private bool disordered;

    public TrafficRandom Random => random;

    public IReadOnlyList<SimulatedCompany> Companies => options.Companies;

    public SimulatedCompany Company { get; private set; } = options.Companies[0];

    /// <summary>Whole microseconds; what is told next happens then.</summary>
    public Instant Now { get; private set; }

    /// <summary>What the webhooks are about.</summary>
    public string Subject { get; set; } = "";

    /// <summary>False where no company holds the number.</summary>
    public bool Owned { get; set; }

    public IReadOnlyList<SimulatedWebhook> Webhooks => webhooks;

    public void Begin(SimulatedCompany company, Instant at)
    {
        (Company, Now, Subject, Owned) = (company, Microseconds(at), "", true);
        webhooks.Clear();
        disordered = delivery.Chance(options.DisorderedShare);
    }

    /// <summary>Time passes: uniformly between the two, in seconds.</summary>
    public void Wait(double min, double max) =>
        Now = Microseconds(Now + Duration.FromSeconds(min + ((max - min) * random.Unit())));

    public string Outsider() => random.PickSkewed(Company.Outsiders);

    public string OwnNumber() => random.PickSkewed(Company.Numbers);

    /// <summary>A voice webhook of this instant.</summary>
    public void Tell(string eventType, Action<Utf8JsonWriter> payload) =>
        Add(eventType, Now, WebhookJson.Voice(Now), payload);

    /// <summary>A messaging webhook of this instant, which is cut to milliseconds.</summary>
    public void TellMessaging(string eventType, Action<Utf8JsonWriter> payload)
    {
        Now = Instant.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds());
        Add(eventType, Now, WebhookJson.Messaging(Now), payload);
    }

    private void Add(string eventType, Instant at, string written, Action<Utf8JsonWriter> payload)
    {
        var layout = random.Unit() switch
        {
            < 0.06 => WebhookLayout.Pretty,
            < 0.08 => WebhookLayout.Escaped,
            _ => WebhookLayout.Compact,
        };
        var eventId = random.Uuid();
        var (late, again, retriedAfter) = (delivery.Unit(), delivery.Unit(), 2 + (58 * delivery.Unit()));
        var due = at + Latency + (disordered ? options.DisorderWindow * late : Duration.Zero);
        webhooks.Add(Webhook(1, due));
        if (again < options.RedeliveredShare)
        {
            webhooks.Add(Webhook(2, due + Duration.FromSeconds(retriedAfter)));
        }

        SimulatedWebhook Webhook(int attempt, Instant dueAt) => new(
            json.Write(layout, eventType, eventId, written, attempt, payload), eventId, eventType, at, dueAt,
            Subject, Owned ? Company.CompanyId : null, attempt);
    }

    private static Instant Microseconds(Instant at) =>
        Instant.FromUnixTimeTicks(at.ToUnixTimeTicks() / 10 * 10);
}
