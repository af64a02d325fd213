using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Server.Decisions;

/// <param name="Cause">As of one call; <c>factsUnknown</c> is told by the fact first found wanting, such as
/// <c>load</c>.</param>
public sealed record CauseCount(string Cause, int Calls);

/// <summary>Counts verdicts.</summary>
internal sealed class ConformityTally
{
    private readonly SortedDictionary<string, int> _differs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _cannotTell = new(StringComparer.Ordinal);

    public int Calls { get; private set; }

    public int Agrees { get; private set; }

    public IReadOnlyList<CauseCount> Differs => List(_differs);

    public IReadOnlyList<CauseCount> CannotTell => List(_cannotTell);

    public void Add(Conformity conformity)
    {
        Calls++;
        if (conformity.Cause is not { } cause)
        {
            Agrees++;
            return;
        }
        var by = conformity.Verdict == Verdict.Differs ? _differs : _cannotTell;
        var word = conformity.Because is [var unknown, ..]
            ? Camel(unknown.Fact.ToString()) : Camel(cause.ToString());
        by[word] = by.GetValueOrDefault(word) + 1;
    }

    private static string Camel(string word) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(word);

    private static List<CauseCount> List(SortedDictionary<string, int> counts) =>
        [.. counts.Select(count => new CauseCount(count.Key, count.Value))];
}
