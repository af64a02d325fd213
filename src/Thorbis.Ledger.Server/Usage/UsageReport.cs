using System.Text.Json.Serialization;
using NodaTime;
using Thorbis.Ledger.Domain.Usage;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>The figures of a range and of its steps.</summary>
/// <param name="Definitions">What the figures mean: docs/glossary.md.</param>
/// <param name="Tzdb">Version of the zone rules that parted the range.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Number">Null for the whole company.</param>
/// <param name="CostCentre">Null for the whole company.</param>
/// <param name="AsOf">The place in the ledger up to which facts are in the figures.</param>
/// <param name="Series">Without gaps: steps in which nothing happened hold zeros.</param>
public sealed record UsageReport(
    string Definitions, string Zone, string Tzdb, OffsetDateTime From, OffsetDateTime To, string By, string? Number,
    string? CostCentre, long AsOf, Figures Totals, IReadOnlyList<UsageStepReport> Series);

/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
public sealed record UsageStepReport(OffsetDateTime Start, OffsetDateTime End, Figures Figures);

/// <summary>The figures of USE-1, as docs/glossary.md defines them.</summary>
/// <param name="Voicemails">Null until there are voicemail boxes.</param>
public sealed record Figures(
    CallFigures Calls, MessageFigures Messages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Voicemails)
{
    public static Figures Of(UsageFigures sums) => new(CallFigures.Of(sums), MessageFigures.Of(sums), null);
}

/// <param name="In">Incoming, those between two own numbers included.</param>
/// <param name="Internal">Between two own numbers; also in <paramref name="In"/>.</param>
/// <param name="Missed">Voicemail, abandoned and unanswered.</param>
/// <param name="TalkSeconds">Total, to the microsecond; the average is per call with talk time.</param>
/// <param name="BillableSeconds">Every answered leg, rounded up; the average is per call with billable time.</param>
/// <param name="RingSeconds">Total, to the microsecond; the average is per ended call.</param>
public sealed record CallFigures(
    long In, long Out, long Internal, long Ended, long Answered, long Missed, OutcomeFigures Outcomes,
    decimal TalkSeconds, decimal? AverageTalkSeconds, long BillableSeconds, decimal? AverageBillableSeconds,
    long CarrierBilledSeconds, decimal RingSeconds, decimal? AverageRingSeconds)
{
    public static CallFigures Of(UsageFigures sums) => new(
        sums[Figure.CallsIn], sums[Figure.CallsOut], sums[Figure.CallsInternal], sums[Figure.CallsEnded],
        sums[Figure.Answered], sums.Missed, OutcomeFigures.Of(sums), sums[Figure.TalkMicroseconds] / 1_000_000m,
        sums.AverageTalkSeconds, sums[Figure.BillableSeconds], sums.AverageBillableSeconds,
        sums[Figure.CarrierBilledSeconds], sums[Figure.RingMicroseconds] / 1_000_000m, sums.AverageRingSeconds);
}

/// <summary>Ended calls, each under one outcome of its direction.</summary>
public sealed record OutcomeFigures(IncomingOutcomes Incoming, OutgoingOutcomes Outgoing)
{
    public static OutcomeFigures Of(UsageFigures sums) => new(
        new(sums[Figure.Answered], sums[Figure.Voicemail], sums[Figure.SelfServed], sums[Figure.Short],
            sums[Figure.Abandoned], sums[Figure.Unanswered], sums[Figure.Blocked]),
        new(sums[Figure.Connected], sums[Figure.Machine], sums[Figure.Busy], sums[Figure.UnansweredOut],
            sums[Figure.Failed]));
}

public sealed record IncomingOutcomes(
    long Answered, long Voicemail, long SelfServed, long Short, long Abandoned, long Unanswered, long Blocked);

public sealed record OutgoingOutcomes(long Connected, long Machine, long Busy, long Unanswered, long Failed);

/// <param name="Recipients">Of outgoing messages, by what became of each copy.</param>
/// <param name="PartsOut">Times recipients.</param>
/// <param name="MediaOut">Times recipients.</param>
public sealed record MessageFigures(
    TypeFigures In, TypeFigures Out, RecipientFigures Recipients, long PartsIn, long PartsOut, long MediaIn,
    long MediaOut)
{
    public static MessageFigures Of(UsageFigures sums) => new(
        TypeFigures.Of(sums[Figure.SmsIn], sums[Figure.MmsIn], sums[Figure.OtherIn]),
        TypeFigures.Of(sums[Figure.SmsOut], sums[Figure.MmsOut], sums[Figure.OtherOut]),
        new(sums[Figure.RecipientsQueued], sums[Figure.RecipientsSent], sums[Figure.RecipientsDelivered],
            sums[Figure.RecipientsFailed], sums[Figure.RecipientsUnconfirmed]),
        sums[Figure.PartsIn], sums[Figure.PartsOut], sums[Figure.MediaIn], sums[Figure.MediaOut]);
}

/// <param name="Other">Types other than SMS and MMS, such as RCS.</param>
public sealed record TypeFigures(long Total, long Sms, long Mms, long Other)
{
    public static TypeFigures Of(long sms, long mms, long other) => new(sms + mms + other, sms, mms, other);
}

public sealed record RecipientFigures(long Queued, long Sent, long Delivered, long Failed, long Unconfirmed);
