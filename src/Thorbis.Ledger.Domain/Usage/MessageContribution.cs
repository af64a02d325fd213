using Thorbis.Ledger.Domain.Messages;

namespace Thorbis.Ledger.Domain.Usage;

/// <summary>The figures of one message.</summary>
internal static class MessageContribution
{
    public static Contribution Of(MessageView message)
    {
        var figures = new long[Contribution.FigureCount];
        var incoming = message.Direction == MessageDirection.Incoming;
        figures[(int)Counter(incoming, message.Type)] = 1;
        figures[(int)(incoming ? Figure.PartsIn : Figure.PartsOut)] = message.BillableParts;
        figures[(int)(incoming ? Figure.MediaIn : Figure.MediaOut)] = message.BillableMedia;
        for (var i = 0; !incoming && i < message.Recipients.Count; i++)
        {
            figures[(int)Recipients(message.Recipients[i].Status)]++;
        }
        return new Contribution(message.UsageAt, message.Numbers, figures) { Party = message.Party };
    }

    private static Figure Counter(bool incoming, string type) => type switch
    {
        "SMS" => incoming ? Figure.SmsIn : Figure.SmsOut,
        "MMS" => incoming ? Figure.MmsIn : Figure.MmsOut,
        _ => incoming ? Figure.OtherIn : Figure.OtherOut,
    };

    private static Figure Recipients(string? status) => RecipientStatus.Of(status) switch
    {
        Delivery.Queued => Figure.RecipientsQueued,
        Delivery.Sent => Figure.RecipientsSent,
        Delivery.Delivered => Figure.RecipientsDelivered,
        Delivery.Failed => Figure.RecipientsFailed,
        _ => Figure.RecipientsUnconfirmed,
    };
}
