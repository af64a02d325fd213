using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What decides the charges of one call.</summary>
/// <param name="Transcripts">Finished transcriptions of recordings, each once; null where there are none.</param>
public sealed record CallAccount(
    Call Call, IReadOnlyList<Transcript>? Transcripts, IReadOnlyList<BillingFact> Facts) : CostAccount(Facts)
{
    /// <summary>The account with one more fact. Total: takes every fact, in every state.</summary>
    /// <param name="id">Of the fact.</param>
    public static CallAccount Evolve(CallAccount? account, CallFact fact, Guid id)
    {
        var call = Call.Evolve(account?.Call, fact);
        var facts = account?.Facts ?? [];
        facts = Bears(fact) ? [.. facts, new(fact.LegId, id)] : facts;
        var transcripts = fact is RecordingTranscribed { Status: null or "completed" } done
            ? Registers.With(account?.Transcripts, Transcript.Of(done))
            : account?.Transcripts;
        return account is null
            ? new(call, transcripts, facts)
            : account with { Call = call, Transcripts = transcripts, Facts = facts };
    }

    /// <summary>False where a fact cannot change the charges of a call that has these facts.</summary>
    public static bool Changes(CallAccount? account, CallFact fact) =>
        // The first of all facts tells when a call without a start was.
        Bears(fact) || account is null || account.Call.Legs.All(leg => leg.Start is null);

    private static bool Bears(CallFact fact) => fact is CallInitiated or CallAnswered or CallHungUp
        or CallCostReported or RecordingSaved or RecordingTranscribed;

    public override Instant? UsedAt => Head().UsageAt;

    protected override void Price(List<Charge> charges, Tariff tariff, long known)
    {
        var (usageAt, number, party) = Head();
        var prices = tariff.Of(usageAt, known);
        for (var i = 0; i < Call.Legs.Count; i++)
        {
            var leg = Call.Legs[i];
            var like = Like(leg, usageAt, number);
            like = like with { CostCentre = tariff.CostCentre(like.Number, party, usageAt, known) };
            AddTalk(charges, like, leg, prices);
            AddRecordings(charges, like, leg, prices);
            CarrierCharges.Add(charges, like, leg);
        }
    }

    /// <summary>The call's usage instant, the number of its earliest leg that has one, and the party of its earliest:
    /// on whose account other legs, too, are called.</summary>
    private (Instant UsageAt, string? Number, string? Party) Head()
    {
        LegStart? earliest = null;
        LegStart? numbered = null;
        for (var i = 0; i < Call.Legs.Count; i++)
        {
            if (Call.Legs[i].Start is { } start)
            {
                earliest = earliest is null || start.At < earliest.At ? start : earliest;
                numbered = start.OwnNumber is not null && (numbered is null || start.At < numbered.At)
                    ? start : numbered;
            }
        }
        return (
            earliest?.At ?? Call.FirstFactAt, numbered?.OwnNumber, earliest is null ? null : Party(earliest));
    }

    private static Charge Like(Leg leg, Instant usageAt, string? number)
    {
        var start = leg.Start;
        return new(
            leg.LegId, leg.LegId, CostSource.Deck, start is null ? ServiceWords.Call : ServiceWords.Of(Sold(start)),
            start?.OwnNumber ?? number, start is null ? null : Party(start),
            start is null ? null : ServiceWords.Of(start.Direction), usageAt, Nothing);
    }

    private static readonly ChargePrice Nothing = new(null, 0, 0, null, 0, "");

    private static string Party(LegStart start) =>
        start.Direction == CallDirection.Incoming ? start.From : start.To;

    /// <summary>A leg to or from a browser or SIP device; a caller without a number came by the network.</summary>
    private static Service Sold(LegStart start) =>
        Party(start).StartsWith("sip:", StringComparison.OrdinalIgnoreCase)
            && PhoneNumber.Normalize(Party(start)) is null ? Service.ClientLeg
        : start.Direction == CallDirection.Incoming ? Service.CallIn
        : Service.CallOut;

    private static void AddTalk(List<Charge> charges, Charge like, Leg leg, Prices prices)
    {
        if (leg.Start is not { } start || leg.EndedAt is not { } ended || Billable(leg, ended) is not { } time)
        {
            return;
        }
        var service = Sold(start);
        var priced = service == Service.CallOut ? PhoneNumber.Normalize(start.To) : like.Number;
        if (Duration(prices, leg.AnsweredAt ?? start.At, service, time, priced, like.Number) is { } price)
        {
            charges.Add(like with { Price = price });
        }
    }

    /// <summary>Microseconds from answer to end; of a leg billed without an answer, what the carrier billed; null for
    /// none.</summary>
    private static long? Billable(Leg leg, Instant ended) =>
        leg.AnsweredAt is { } answered ? Math.Max(0, (ended - answered).BclCompatibleTicks / 10)
        : leg.Cost?.BilledSeconds is { } billed and > 0 ? billed * 1_000_000L
        : null;

    private void AddRecordings(List<Charge> charges, Charge like, Leg leg, Prices prices)
    {
        var at = leg.AnsweredAt ?? like.OccurredAt;
        for (var i = 0; i < leg.Recordings?.Count; i++)
        {
            var recording = leg.Recordings[i];
            like = like with { Service = ServiceWords.Of(Service.Recording) };
            var id = recording.RecordingId ?? (recording.StartedAt ?? recording.At).ToString();
            var key = string.Concat(leg.LegId, "/recording/", id);
            Add(charges, like with { Key = key }, Units(
                prices, at, Service.Recording, RateUnit.Item, 1, like.Number, like.Number));
            var length = recording is { StartedAt: { } begin, EndedAt: { } end } && end > begin ? end - begin
                : NodaTime.Duration.Zero;
            Add(charges, like with { Key = key + "/minutes" }, Duration(
                prices, at, Service.Recording, length.BclCompatibleTicks / 10, like.Number, like.Number));
        }
        for (var i = 0; i < Transcripts?.Count; i++)
        {
            if (Transcripts[i].LegId == leg.LegId)
            {
                Add(
                    charges,
                    like with
                    {
                        Key = string.Concat(leg.LegId, "/transcription/", Transcripts[i].Id),
                        Service = ServiceWords.Of(Service.Transcription),
                    },
                    Units(prices, at, Service.Transcription, RateUnit.Item, 1, like.Number, like.Number));
            }
        }
    }

    private static void Add(List<Charge> charges, Charge like, ChargePrice? price)
    {
        if (price is not null)
        {
            charges.Add(like with { Price = price });
        }
    }
}

/// <summary>A finished transcription.</summary>
/// <param name="Id">Telnyx's, or when it was done where none was told.</param>
public sealed record Transcript(string LegId, string Id) : IKeyed<Transcript>
{
    string IKeyed<Transcript>.Key => LegId + "/" + Id;

    internal static Transcript Of(RecordingTranscribed fact) =>
        new(fact.LegId, fact.TranscriptionId ?? fact.RecordingId ?? fact.OccurredAt.ToString());

    Transcript IKeyed<Transcript>.Merge(Transcript other) => other;
}
