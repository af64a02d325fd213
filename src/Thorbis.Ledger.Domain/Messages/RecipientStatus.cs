namespace Thorbis.Ledger.Domain.Messages;

/// <summary>What became of one recipient's copy.</summary>
public enum Delivery
{
    Queued,
    Sent,
    Unconfirmed,
    Failed,
    Delivered,
}

/// <summary>The carrier's status words of a recipient, which are an open set.</summary>
public static class RecipientStatus
{
    /// <summary>Queued while the carrier has it, sent once its gateway took it or a word is unknown.</summary>
    public static Delivery Of(string? status) => status switch
    {
        null or "" or "queued" or "sending" or "scheduled" => Delivery.Queued,
        "delivered" or "read" or "webhook_delivered" => Delivery.Delivered,
        "sending_failed" or "delivery_failed" or "failed" or "gw_reject" or "gw_timeout" or "expired" or "cancelled"
            => Delivery.Failed,
        "delivery_unconfirmed" or "dlr_unconfirmed" or "dlr_timeout" => Delivery.Unconfirmed,
        _ => Delivery.Sent,
    };

    /// <summary>How far a word is: a later report replaces an equally far word, a farther word any report.</summary>
    internal static int Rank(string? status) => status switch
    {
        null or "" => 0,
        "scheduled" => 1,
        "queued" => 2,
        "sending" => 3,
        "read" => 6,
        _ => Of(status) == Delivery.Sent ? 4 : 5,
    };
}
