using NodaTime;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Usage;

namespace Thorbis.Ledger.Domain.Tests.Usage;

/// <summary>One message, read from its facts by the sentences of docs/glossary.md.</summary>
internal sealed class MessageRecount(List<MessageFact> facts)
{
    private static readonly string?[] Queued = [null, "", "scheduled", "queued", "sending"];
    private static readonly string?[] Delivered = ["delivered", "read", "webhook_delivered"];
    private static readonly string?[] Unconfirmed = ["delivery_unconfirmed", "dlr_unconfirmed", "dlr_timeout"];

    private static readonly string?[] Failed =
        ["sending_failed", "delivery_failed", "failed", "gw_reject", "gw_timeout", "expired", "cancelled"];

    private readonly MessageReport _furthest = facts.OrderBy(Stage).ThenBy(fact => fact.OccurredAt).Last().Report;

    public Instant UsageAt => facts.Min(fact => fact.Report.ReceivedAt) ?? facts.Min(fact => fact.OccurredAt);

    public IEnumerable<string> Numbers => Incoming
        ? facts.SelectMany(fact => fact.Report.To).Where(to => to.Own).Select(E164).Distinct()
        : [_furthest.From];

    private bool Incoming => _furthest.Direction == MessageDirection.Incoming;

    public List<(Figure Figure, long Amount)> Figures()
    {
        var recipients = facts.SelectMany(fact => fact.Report.To).Select(E164).Distinct().ToList();
        var counted = (_furthest.Type, Incoming) switch
        {
            ("SMS", true) => Figure.SmsIn,
            ("SMS", false) => Figure.SmsOut,
            ("MMS", true) => Figure.MmsIn,
            ("MMS", false) => Figure.MmsOut,
            (_, true) => Figure.OtherIn,
            (_, false) => Figure.OtherOut,
        };
        return Incoming
            ? [(counted, 1), (Figure.PartsIn, _furthest.Parts), (Figure.MediaIn, _furthest.Media.Count)]
            :
            [
                (counted, 1), (Figure.PartsOut, _furthest.Parts * recipients.Count),
                (Figure.MediaOut, _furthest.Media.Count * recipients.Count),
                .. recipients.Select(number => (Word(Status(number)), 1L)),
            ];
    }

    private string? Status(string number)
    {
        var told = from fact in facts
                   from to in fact.Report.To
                   where E164(to) == number
                   orderby Distance(to.Status), fact.OccurredAt
                   select to.Status;
        return told.Last();
    }

    private static string E164(MessageRecipient recipient) =>
        recipient.Number.StartsWith('+') ? string.Concat(recipient.Number.Split('-')) : recipient.Number;

    private static int Distance(string? status) => status switch
    {
        null or "" => 0,
        "scheduled" => 1,
        "queued" => 2,
        "sending" => 3,
        "read" => 6,
        _ when Delivered.Contains(status) || Unconfirmed.Contains(status) || Failed.Contains(status) => 5,
        _ => 4,
    };

    private static Figure Word(string? status) =>
        Queued.Contains(status) ? Figure.RecipientsQueued
        : Delivered.Contains(status) ? Figure.RecipientsDelivered
        : Unconfirmed.Contains(status) ? Figure.RecipientsUnconfirmed
        : Failed.Contains(status) ? Figure.RecipientsFailed
        : Figure.RecipientsSent;

    private static int Stage(MessageFact fact) => fact switch
    {
        MessageRead => 0,
        MessageReceived or MessageSent => 1,
        MessageDelivered => 2,
        _ => 3,
    };
}
