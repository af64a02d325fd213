using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Server.Webhooks.Reading;

/// <summary>Reads who joined and left a conference; what a conference did of its own is kept only.</summary>
internal static class ConferenceReader
{
    public static WebhookReading Read(Webhook webhook)
    {
        var joined = webhook.Type == "conference.participant.joined";
        if (webhook.Leg.LegId is not { } leg || !(joined || webhook.Type == "conference.participant.left"))
        {
            return WebhookReader.Kept(webhook);
        }
        var conference = webhook.Payload.Text("conference_id") ?? "";
        return new CallReading(webhook.Leg, new ConferenceAttended(leg, webhook.OccurredAt, conference, joined));
    }
}
