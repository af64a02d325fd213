using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Billing;

/// <summary>What costs are asked for.</summary>
public sealed record CostAsk
{
    [Description("Start, inclusive: a time on a quarter of an hour, or a date.")]
    public string? From { get; init; }

    [Description("End, exclusive: likewise.")]
    public string? To { get; init; }

    [Description("IANA zone; the company's when left out.")]
    public string? Zone { get; init; }

    [Description(
        "Comma-separated: service, number, direction, country, cost-centre, and one of hour, day, week, month.")]
    public string? By { get; init; }

    [Description("carrier or deck; both, side by side, when left out.")]
    public string? Source { get; init; }

    [Description("One of the company's numbers, E.164.")]
    public string? Number { get; init; }

    [Description("One cost centre.")]
    public string? CostCentre { get; init; }

    [Description("Costs as they were known at this instant.")]
    public string? AsKnownAt { get; init; }

    [Description("Costs as they were known at this place of the ledger.")]
    public long? AsKnownSeq { get; init; }
}

/// <summary>What costs can be told apart by.</summary>
internal enum CostKey
{
    Service,
    Number,
    Direction,
    Country,
    CostCentre,
}

/// <summary>A question about costs that can be answered.</summary>
/// <param name="Keys">In the order asked.</param>
/// <param name="Step">Null for no series.</param>
/// <param name="Home">The company's zone, whose days and months are summed up beforehand.</param>
internal sealed record CostQuestion(
    UsageRange Range, IReadOnlyList<CostKey> Keys, UsageStep? Step, string? Source, string? Number,
    string? CostCentre, DateTimeZone Home)
{
    private static readonly string[] Sources = ["carrier", "deck"];

    public static (CostQuestion? Question, IResult? Problem) Of(CostAsk ask, DateTimeZone zone, DateTimeZone home)
    {
        if (!string.IsNullOrEmpty(ask.Source) && !Sources.Contains(ask.Source))
        {
            return (null, Problems.Invalid("source", $"Expected one of {string.Join(", ", Sources)}."));
        }
        var (keys, step, wrong) = KeysOf(ask.By);
        if (wrong is not null)
        {
            return (null, Problems.Invalid("by", wrong));
        }
        if (Bound(ask.From, zone) is not { } from)
        {
            return (null, Problems.Invalid("from", AskedTime.Expected));
        }
        if (Bound(ask.To, zone) is not { } to)
        {
            return (null, Problems.Invalid("to", AskedTime.Expected));
        }
        return UsageRange.Of(from, to, zone, step ?? UsageStep.Month, out var refusal) is { } range
            ? (new(
                range, keys, step, string.IsNullOrEmpty(ask.Source) ? null : ask.Source,
                string.IsNullOrEmpty(ask.Number) ? null : Selection.Address(ask.Number),
                string.IsNullOrEmpty(ask.CostCentre) ? null : ask.CostCentre, home), null)
            : (null, Problems.Invalid(refusal!.Field, refusal.Reason));
    }

    private static Instant? Bound(string? text, DateTimeZone zone) =>
        string.IsNullOrEmpty(text) ? null : AskedTime.Parse(text, zone);

    private static (List<CostKey> Keys, UsageStep? Step, string? Wrong) KeysOf(string? by)
    {
        var keys = new List<CostKey>();
        UsageStep? step = null;
        foreach (var word in by?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var name = word.Replace('-', '_');
            if (Words.All<CostKey>().IndexOf(name) is >= 0 and var key && !keys.Contains((CostKey)key))
            {
                keys.Add((CostKey)key);
            }
            else if (Words.All<UsageStep>().IndexOf(name) is >= 0 and var asked && step is null)
            {
                step = (UsageStep)asked;
            }
            else
            {
                return (keys, step, $"{word} is unknown or one too many: service, number, direction, country, "
                    + "cost-centre, and one of hour, day, week, month.");
            }
        }
        return (keys, step, null);
    }
}
