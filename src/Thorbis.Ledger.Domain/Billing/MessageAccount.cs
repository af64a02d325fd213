using NodaTime;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What decides the charges of one message.</summary>
public sealed record MessageAccount(Message Message, IReadOnlyList<BillingFact> Facts) : CostAccount(Facts)
{
    /// <summary>The carrier's word for its fee; the rest of the cost is <c>message</c>.</summary>
    public const string Fee = "carrier_fee";

    private const string Whole = "message";

    /// <summary>The account with one more fact. Total: takes every fact, in every state.</summary>
    /// <param name="id">Of the fact.</param>
    public static MessageAccount Evolve(MessageAccount? account, MessageFact fact, Guid id)
    {
        var message = Message.Evolve(account?.Message, WithoutText(fact));
        IReadOnlyList<BillingFact> facts = [.. account?.Facts ?? [], new("", id)];
        return account is null ? new(message, facts) : account with { Message = message, Facts = facts };
    }

    /// <summary>What was written is nobody's business here.</summary>
    private static MessageFact WithoutText(MessageFact fact) => fact with
    {
        Report = fact.Report with
        {
            Text = null,
            Subject = null,
            Cc = [],
            Tags = [],
            Errors = [],
            Media = [.. fact.Report.Media.Select(_ => new MessageMedia("", null, null, null))],
        },
    };

    public override Instant? UsedAt => Message.ToView("").UsageAt;

    protected override void Price(List<Charge> charges, Tariff tariff, long known)
    {
        var view = Message.ToView("");
        var number = view.Numbers.Count > 0 ? view.Numbers[0] : null;
        var like = new Charge(
            "", "", CostSource.Carrier, ServiceWords.Of(view.Direction, view.Type), number, view.Party,
            ServiceWords.Of(view.Direction), view.UsageAt, Nothing);
        like = like with { CostCentre = tariff.CostCentre(number, view.Party, view.UsageAt, known) };
        AddCarrier(charges, like);
        if (ServiceWords.Sold(view.Direction, view.Type) is not { } service)
        {
            return;
        }
        like = like with { Source = CostSource.Deck };
        var prices = tariff.Of(view.UsageAt, known);
        if (view.Direction == MessageDirection.Incoming)
        {
            AddCopy(charges, like, service, prices);
            return;
        }
        foreach (var recipient in view.Recipients)
        {
            AddCopy(charges, like with { Party = recipient.Number }, service, prices);
        }
    }

    private static readonly ChargePrice Nothing = new(null, 0, 0, null, 0, "");

    private void AddCopy(List<Charge> charges, Charge like, Service service, Prices prices)
    {
        var priced = service is Service.SmsOut or Service.MmsOut ? like.Party : like.Number;
        Add(RateUnit.Part, Message.Content.Parts);
        Add(RateUnit.Medium, Message.Content.Media.Count);

        void Add(RateUnit unit, long units)
        {
            if (units > 0 && Units(prices, like.OccurredAt, service, unit, units, priced, like.Number)
                is { } price)
            {
                charges.Add(like with { Key = $"{like.Party}/{unit}", Price = price });
            }
        }
    }

    private void AddCarrier(List<Charge> charges, Charge like)
    {
        if (Message.Cost is not { } cost)
        {
            return;
        }
        // A fee in another currency is told beside the total, not within it.
        var fee = cost.CarrierFee;
        var rest = fee is null ? cost.Total : cost.Total.Plus(fee with { Amount = -fee.Amount });
        if (fee is null || rest is null)
        {
            Add(Whole, cost.Total);
            return;
        }
        Add(Whole, rest with { Currency = cost.Total.Currency });
        Add(Fee, fee);

        void Add(string part, Money money) => charges.Add(like with
        {
            Key = part,
            Price = new(
                RateUnit.Part, Message.Content.Parts, Message.Content.Parts, null, money.Amount, money.Currency)
            {
                Part = part,
            },
        });
    }
}
