namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>What is not done with a webhook; a webhook without a backlog row is done.</summary>
public static class BacklogState
{
    public const string Pending = "pending";
    public const string Waiting = "waiting";
    public const string Quarantined = "quarantined";
    public const string Failed = "failed";
    public const string Unintelligible = "unintelligible";

    public const string StaleReason = "timestamp outside the tolerance";

    /// <summary>The backlog row a webhook starts with; null for a plain redelivery, which is done on arrival.</summary>
    internal static (string State, string? Reason)? OnArrival(ReceivedWebhook webhook, bool claimed) =>
        webhook switch
        {
            { Stale: true } => (Quarantined, StaleReason),
            { Claims: true } when !claimed => null,
            { Envelope.Problem: { } problem } => (Unintelligible, problem),
            _ => (Pending, null),
        };
}
