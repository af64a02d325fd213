using System.Globalization;
using NodaTime;
using Thorbis.Ledger.Domain.Messages;

namespace Thorbis.Ledger.Domain.Tests.Messages;

/// <summary>
/// A message in one line: <c>sent@1/x=sent,y=queued/0.004/2/3</c> is a report at second 1, its recipients and their
/// words, its cost, parts and media. Telnyx had it at second 0. X and Y are strangers, M and N the company's.
/// </summary>
internal static class Script
{
    public static readonly Instant Start = Instant.FromUtc(2026, 1, 15, 12, 0);

    public static MessageView View(string script) => Fold(Facts(script)).ToView("message");

    public static Message Fold(IEnumerable<MessageFact> facts) => facts.Aggregate((Message?)null, Message.Evolve)!;

    public static IEnumerable<MessageFact> Facts(string script) => script.Split(' ').Select(Fact);

    public static string Number(char name) => Calls.Script.Number(char.ToUpperInvariant(name));

    private static MessageFact Fact(string word)
    {
        var parts = word.Split('/');
        var (kind, second) = parts[0].Split('@') is [var name, var at] ? (name, at) : throw new ArgumentException(word);
        var instant = Start + Duration.FromSeconds(long.Parse(second, CultureInfo.InvariantCulture));
        var report = Report(kind == "received" ? MessageDirection.Incoming : MessageDirection.Outgoing, parts);
        return kind switch
        {
            "received" => new MessageReceived(instant, report),
            "sent" => new MessageSent(instant, report),
            "read" => new MessageRead(instant, report),
            _ => new MessageFinalized(instant, report),
        };
    }

    private static MessageReport Report(MessageDirection direction, string[] parts)
    {
        var to = (Word(parts, 1) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Recipient);
        var media = int.Parse(Word(parts, 4) ?? "0", CultureInfo.InvariantCulture);
        var cost = Word(parts, 2) is { } amount
            ? new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), "USD")
            : null;
        return new MessageReport(
            direction, media > 0 ? "MMS" : "SMS", Number(direction == MessageDirection.Incoming ? 'X' : 'N'), [.. to],
            [], "text", null, [.. Enumerable.Repeat(new MessageMedia("https://m/1", null, null, null), media)],
            null, int.Parse(Word(parts, 3) ?? "1", CultureInfo.InvariantCulture), cost, null, [], Start, null, null,
            null, []);
    }

    private static MessageRecipient Recipient(string text) =>
        new(Number(text[0]), text[2..] is "" ? null : text[2..], null, null, text[0] is 'm' or 'n');

    private static string? Word(string[] parts, int place) =>
        parts.Length > place && parts[place] != "" ? parts[place] : null;
}
