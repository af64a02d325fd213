using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Messages;

namespace Thorbis.Ledger.Domain.Tests.Messages;

/// <summary>Facts of invented messages: what a carrier may tell, and what it should not.</summary>
public static class MessageTraffic
{
    private static readonly Gen<string?> Status = Gen.OneOf(
        null, "queued", "sending", "sent", "delivered", "read", "sending_failed", "delivery_failed",
        "delivery_unconfirmed", "a_word_of_tomorrow");

    /// <summary>The carrier writes one number in several ways; it stays one recipient.</summary>
    private static readonly Gen<MessageRecipient[]> Recipients = Gen.Select(
        Gen.OneOf("+442071838750", "+44-2071-838750", "+12025550100", "+12025550101", "32665"), Status, Gen.Bool,
        (number, status, own) => new MessageRecipient(number, status, null, null, own && number.StartsWith("+1202")))
        .Array[0, 3].Select(to => to.DistinctBy(recipient => PhoneNumber.Normalize(recipient.Number)).ToArray());

    private static readonly Gen<Money?> Cost = Gen.OneOf<Money?>(
        null, new Money(0.0051m, "USD"), new Money(0.00510m, "USD"), new Money(0.02m, "EUR"));

    private static readonly Gen<MessageMedia[]> Media = Gen.Frequency(
        (3, Gen.Const(new MessageMedia("https://media/1", "image/png", 7, null)).Array[0]),
        (1, Gen.Const(new MessageMedia("https://media/1", "image/png", 7, null)).Array[1, 3]));

    /// <summary>One message in one to five reports, which agree on little.</summary>
    /// <param name="at">The instants told. Where two tellings differ but not in time, no definition decides.</param>
    public static Gen<MessageFact[]> Message(Gen<Instant> at) => Gen.Enum<MessageDirection>().SelectMany(direction =>
        Gen.Select(Gen.OneOf("SMS", "MMS", "RCS"), Gen.Int[0, 3]).SelectMany((type, parts) =>
            Gen.Select(Gen.Int[0, 3], at, Report(direction, type, parts, at), Fact).Array[1, 5]));

    private static Gen<MessageReport> Report(MessageDirection direction, string type, int parts, Gen<Instant> at) =>
        Gen.Select(
            Recipients, Media, Cost, at.Nullable(0.5), at.Nullable(0.5), Gen.Int[0, 1],
            (to, media, cost, had, sent, more) => new MessageReport(
                direction, type, "+12025550100", to, [], "text", null, media, null, parts + more, cost, null, [], had,
                sent, null, null, []));

    private static MessageFact Fact(int kind, Instant at, MessageReport report) => kind switch
    {
        0 when report.Direction == MessageDirection.Incoming => new MessageReceived(at, report),
        0 => new MessageSent(at, report),
        1 => new MessageDelivered(at, report),
        2 => new MessageRead(at, report),
        _ => new MessageFinalized(at, report),
    };
}
