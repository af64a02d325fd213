using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Usage;

namespace Thorbis.Ledger.Domain.Tests.Usage;

/// <summary>
/// Usage counted from bare facts by docs/glossary.md alone: naive, slow, and sharing nothing with the folds but the
/// names of figures and facts. What the ledger shows must equal it.
/// </summary>
/// <remarks>Takes facts in any order and number; of several revisions of a fact it must be given the highest.</remarks>
public static class Recount
{
    /// <summary>The figures of everything whose usage instant lies in a range.</summary>
    /// <param name="number">One of the company's numbers; null for the whole company.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public static IReadOnlyDictionary<Figure, long> Of(
        IEnumerable<Counted> counted, string company, string? number, Instant from, Instant to) =>
        Sum(Relevant(counted, company, number).Where(one => one.UsageAt >= from && one.UsageAt < to));

    /// <summary>The figures of each local day that has any.</summary>
    public static IReadOnlyDictionary<LocalDate, IReadOnlyDictionary<Figure, long>> ByDay(
        IEnumerable<Counted> counted, string company, string? number, DateTimeZone zone) =>
        Relevant(counted, company, number).GroupBy(one => one.UsageAt.InZone(zone).Date)
            .ToDictionary(day => day.Key, Sum);

    public static IEnumerable<Counted> Calls(IEnumerable<(string Company, string CallId, CallFact Fact)> facts) =>
        from fact in facts
        group fact.Fact by (fact.Company, fact.CallId) into call
        let recount = new CallRecount([.. call])
        where recount.Primary is not null
        select new Counted(
            call.Key.Company, recount.UsageAt, recount.Number is { } number ? [number] : [], recount.Figures());

    public static IEnumerable<Counted> Messages(
        IEnumerable<(string Company, string MessageId, MessageFact Fact)> facts) =>
        from fact in facts
        group fact.Fact by (fact.Company, fact.MessageId) into message
        let recount = new MessageRecount([.. message])
        select new Counted(message.Key.Company, recount.UsageAt, [.. recount.Numbers], recount.Figures());

    private static IEnumerable<Counted> Relevant(IEnumerable<Counted> counted, string company, string? number) =>
        counted.Where(one => one.Company == company && (number is null || one.Numbers.Contains(number)));

    private static IReadOnlyDictionary<Figure, long> Sum(IEnumerable<Counted> counted) =>
        counted.SelectMany(one => one.Figures).GroupBy(figure => figure.Figure)
            .ToDictionary(figure => figure.Key, figure => figure.Sum(one => one.Amount));
}

/// <summary>What one call or message counts for.</summary>
public sealed record Counted(
    string Company, Instant UsageAt, IReadOnlyList<string> Numbers,
    IReadOnlyList<(Figure Figure, long Amount)> Figures);
