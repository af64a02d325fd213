using NodaTime;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>A webhook whose signature holds, on its way into the journal.</summary>
/// <param name="JournalId">UUIDv7 of the instant of receipt.</param>
/// <param name="SignedAt">The timestamp header, exactly as sent: part of what is signed.</param>
/// <param name="Stale">Signed too long ago or in the future: kept in quarantine, does not claim its event id.</param>
public sealed record ReceivedWebhook(
    Guid JournalId, Instant ReceivedAt, TelnyxKey Key, string SignedAt, byte[] Signature, byte[] Body,
    WebhookEnvelope Envelope, bool Stale)
{
    /// <summary>Only an accepted body with a readable id may claim it.</summary>
    public bool Claims => !Stale && Envelope.EventId is not null;

    public static ReceivedWebhook Of(
        TelnyxKey key, Instant receivedAt, string signedAt, byte[] signature, byte[] body, bool stale) => new(
        Guid.CreateVersion7(receivedAt.ToDateTimeOffset()), receivedAt, key, signedAt, signature, body,
        WebhookEnvelope.Read(body), stale);
}
