using NodaTime;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Tests.Usage;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Tests.Faults;

/// <summary>Calls, messages and usage once more, from all facts at once.</summary>
internal sealed class UsageRecount(IReadOnlyCollection<Recorded> facts)
{
    private const string CallPrefix = "call/";
    private const string MessagePrefix = "message/";

    /// <summary>Company and id of each row, parted by a space, ordered.</summary>
    public IEnumerable<string> Calls => Ids(CallPrefix);

    /// <inheritdoc cref="Calls"/>
    public IEnumerable<string> Messages => Ids(MessagePrefix);

    /// <summary>The sums of every company and number, folded as the server folds; none is all zeros.</summary>
    public Dictionary<(string Company, string Number, Instant Bucket), long[]> Buckets()
    {
        var sums = new Dictionary<(string, string, Instant), long[]>();
        foreach (var (company, _, contribution) in Contributions())
        {
            foreach (var number in contribution.Numbers.Prepend(""))
            {
                Add(sums, (company, number, contribution.Bucket), contribution);
            }
        }
        return sums;
    }

    /// <summary>The sums of every cost centre, empty for none: each call and message is in one of them.</summary>
    public Dictionary<(string Company, string Centre, Instant Bucket), long[]> Centres()
    {
        var sums = new Dictionary<(string, string, Instant), long[]>();
        var places = new CentreRecount(facts);
        foreach (var (company, first, contribution) in Contributions())
        {
            Add(sums, (company, places.Of(company, first, contribution), contribution.Bucket), contribution);
        }
        return sums;
    }

    private static void Add(
        Dictionary<(string, string, Instant), long[]> sums, (string, string, Instant) key, Contribution contribution) =>
        sums[key] = [.. contribution.Figures.Zip(
            sums.GetValueOrDefault(key) ?? new long[Contribution.FigureCount], (one, sum) => one + sum)];

    /// <summary>One line per bin that holds waits, ordered.</summary>
    public IEnumerable<string> Waits() =>
        (from told in Contributions()
         from number in told.Contribution.Numbers.Prepend("")
         from wait in told.Contribution.Waits
         group wait.Microseconds by string.Join(
             ' ', told.Company, number, told.Contribution.Bucket.ToUnixTimeSeconds(), Words.Of(wait.Kind),
             WaitBins.Of(wait.Microseconds)) into bin
         select $"{bin.Key} {bin.Count()} {bin.Sum()}").Order(StringComparer.Ordinal);

    /// <summary>The figures of a company's whole time, counted naively.</summary>
    public long[] Totals(string company)
    {
        var counted = Recount.Calls(Of<CallFact>(CallPrefix)).Concat(Recount.Messages(Of<MessageFact>(MessagePrefix)));
        var figures = Recount.Of(counted, company, null, Instant.MinValue, Instant.MaxValue);
        return [.. Enum.GetValues<Figure>().Select(figure => figures.GetValueOrDefault(figure))];
    }

    private IEnumerable<(string Company, long First, Contribution Contribution)> Contributions() =>
        from stream in facts.GroupBy(fact => (fact.Company, fact.Stream))
        let contribution = Contributed(stream.Key.Stream, [.. stream])
        where contribution is not null
        select (stream.Key.Company, stream.Min(fact => fact.Sequence), contribution);

    private static Contribution? Contributed(string stream, Recorded[] facts)
    {
        if (stream.StartsWith(CallPrefix, StringComparison.Ordinal))
        {
            var call = facts.Aggregate((Call?)null, (state, fact) => Call.Evolve(state, (CallFact)fact.Fact))!;
            return Contribution.Of(call.ToView(stream[CallPrefix.Length..]));
        }
        if (stream.StartsWith(MessagePrefix, StringComparison.Ordinal))
        {
            var message = facts.Aggregate(
                (Message?)null, (state, fact) => Message.Evolve(state, (MessageFact)fact.Fact))!;
            return Contribution.Of(message.ToView(stream[MessagePrefix.Length..]));
        }
        return null;
    }

    private IEnumerable<string> Ids(string prefix) => facts
        .Where(fact => fact.Stream.StartsWith(prefix, StringComparison.Ordinal))
        .Select(fact => $"{fact.Company} {fact.Stream[prefix.Length..]}").Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<(string Company, string Id, TFact Fact)> Of<TFact>(string prefix) where TFact : Domain.Fact =>
        facts.Where(fact => fact.Stream.StartsWith(prefix, StringComparison.Ordinal))
            .Select(fact => (fact.Company, fact.Stream[prefix.Length..], (TFact)fact.Fact));
}
