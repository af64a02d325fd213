using NodaTime;

namespace Thorbis.Ledger.Domain.Messages;

/// <summary>One message as one company sees it, folded from its facts.</summary>
/// <remarks>
/// The same facts in any order, each told any number of times, give the same state: of whole reports the furthest
/// stands (then the later), of a recipient the furthest status (then the later), of costs the latest that was told.
/// </remarks>
/// <param name="FirstFactAt">Earliest instant told of the message.</param>
/// <param name="LastFactAt">Latest instant told of the message.</param>
/// <param name="Content">What the furthest report says.</param>
/// <param name="Recipients">Distinct numbers of every report, by number.</param>
public sealed record Message(
    Instant FirstFactAt, Instant LastFactAt, MessageContent Content, IReadOnlyList<RecipientState> Recipients)
{
    /// <summary>When Telnyx had it, as first told; null when never told.</summary>
    public Instant? ReceivedAt { get; init; }

    /// <summary>When the carrier's gateway took it, as first told.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>When the carrier was done with it, as last told.</summary>
    public Instant? CompletedAt { get; init; }

    public MessageCost? Cost { get; init; }

    /// <summary>The message with one more fact. Total: takes every fact, in every state.</summary>
    public static Message Evolve(Message? message, MessageFact fact)
    {
        var told = Of(fact);
        return message is null ? told : message.Join(told);
    }

    /// <summary>The row of lists, exports and figures.</summary>
    /// <param name="messageId">Telnyx's message id.</param>
    public MessageView ToView(string messageId) => MessageReading.View(this, messageId);

    private static Message Of(MessageFact fact)
    {
        var (at, report) = (fact.OccurredAt, fact.Report);
        IReadOnlyList<RecipientState> recipients = [];
        for (var i = 0; i < report.To.Count; i++)
        {
            recipients = Registers.With(recipients, RecipientState.Of(report.To[i], at));
        }
        return new Message(at, at, MessageContent.Of(fact), recipients)
        {
            ReceivedAt = report.ReceivedAt,
            SentAt = report.SentAt,
            CompletedAt = report.CompletedAt,
            Cost = report.Cost is null ? null : new MessageCost(at, report.Cost, report.CarrierFee),
        };
    }

    private Message Join(Message other)
    {
        var recipients = Recipients;
        for (var i = 0; i < other.Recipients.Count; i++)
        {
            recipients = Registers.With(recipients, other.Recipients[i]);
        }
        return new Message(
            Instant.Min(FirstFactAt, other.FirstFactAt), Instant.Max(LastFactAt, other.LastFactAt),
            MessageContent.Further(Content, other.Content), recipients)
        {
            ReceivedAt = Registers.Earliest(ReceivedAt, other.ReceivedAt),
            SentAt = Registers.Earliest(SentAt, other.SentAt),
            CompletedAt = Registers.Latest(CompletedAt, other.CompletedAt),
            Cost = other.Cost is null ? Cost : Registers.Latest(Cost, other.Cost),
        };
    }
}

/// <summary>What was told of a message beside its recipients, times and cost.</summary>
/// <param name="At">Occurred-at of the report.</param>
/// <param name="Stage">How far the report's kind is: 0 read, 1 received or sent, 2 delivered, 3 finalized.</param>
/// <param name="Type">Open set, upper case: SMS, MMS, RCS …</param>
/// <param name="Parts">Segments of one recipient's copy; 0 when not told.</param>
public sealed record MessageContent(
    Instant At, int Stage, MessageDirection Direction, string Type, string From, IReadOnlyList<string> Cc,
    string? Text, string? Subject, IReadOnlyList<MessageMedia> Media, string? Encoding, int Parts,
    IReadOnlyList<MessageError> Errors, string? ProfileId, IReadOnlyList<string> Tags) : ITold
{
    internal static MessageContent Of(MessageFact fact)
    {
        var report = fact.Report;
        return new MessageContent(
            fact.OccurredAt, StageOf(fact), report.Direction, report.Type, report.From, report.Cc, report.Text,
            report.Subject, report.Media, report.Encoding, Math.Max(0, report.Parts), report.Errors,
            report.ProfileId, report.Tags);
    }

    internal static MessageContent Further(MessageContent known, MessageContent told) =>
        told.Stage == known.Stage ? Registers.Latest(known, told)
        : told.Stage > known.Stage ? told
        : known;

    // An RCS read receipt says least of the message itself.
    private static int StageOf(MessageFact fact) => fact switch
    {
        MessageFinalized => 3,
        MessageDelivered => 2,
        MessageRead => 0,
        _ => 1,
    };

    string ITold.Content()
    {
        var content = Registers.Content(
            Direction, Type, From, Text, Subject, Encoding, Parts, ProfileId, Registers.List(Cc), Registers.List(Tags),
            Media.Count);
        foreach (var media in Media)
        {
            content += Registers.Content(media.Url, media.ContentType, media.Bytes, media.Sha256);
        }
        foreach (var error in Errors)
        {
            content += Registers.Content(error.Code, error.Title, error.Detail);
        }
        return content;
    }
}

/// <summary>All recipients and the carrier's fee, as the latest report that told an amount has it.</summary>
public sealed record MessageCost(Instant At, Money Total, Money? CarrierFee) : ITold
{
    string ITold.Content() => Registers.Content(Total, CarrierFee);
}
