using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Trail;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>Facts of the trail, and all that is needed to tell what they changed.</summary>
/// <param name="others">By stream outside of the configuration: its facts from the first one on.</param>
internal sealed class TrailPage(
    IReadOnlyList<TrailFact> facts, ConfigurationHistory history, ILookup<string, TrailFact> others)
{
    /// <summary>What streams begin with, in words, where that is not the word itself.</summary>
    private static readonly Dictionary<string, string> Things = new()
    {
        ["team"] = "member",
        ["apikey"] = "API key",
        ["ratedeck"] = "rate deck",
        ["endpoint"] = "webhook endpoint",
    };

    private readonly LatestNames _names = new(history);
    private readonly Dictionary<long, ToldChange> _changes = Changes(facts, history, others);
    private readonly HashSet<string> _actors = [.. facts.Select(fact => fact.By).OfType<string>()];

    /// <summary>Whose names the entries have a place for, as far as that is known by now.</summary>
    public IReadOnlySet<string> Actors => _actors;

    /// <param name="people">Names by actor.</param>
    public List<TrailEntry> Told(Dictionary<string, string> people)
    {
        var names = new NameBook((kind, id) =>
            kind == ReferenceKind.Member ? MemberName(people, id) : _names.Find(kind, id));
        return [.. facts.Select(fact => Entry(
            fact, _changes.TryGetValue(fact.Sequence, out var changes) ? changes(names) : [], people, names))];
    }

    private string? MemberName(Dictionary<string, string> people, string id)
    {
        _actors.Add($"user:{id}");
        return people.GetValueOrDefault($"user:{id}");
    }

    private static Dictionary<long, ToldChange> Changes(
        IReadOnlyList<TrailFact> facts, ConfigurationHistory history, ILookup<string, TrailFact> others)
    {
        var wanted = facts.Select(fact => fact.Sequence).ToHashSet();
        var ofConfiguration = facts.Select(fact => fact.Stream).Distinct()
            .SelectMany(stream => StreamDifferences.Of(history.Of(stream), wanted));
        var ofOthers = others.SelectMany(FactFields.Of)
            .Select(told => KeyValuePair.Create(told.Fact.Sequence, (ToldChange)(_ => told.Changes)));
        return ofConfiguration.Concat(ofOthers).ToDictionary();
    }

    private TrailEntry Entry(
        TrailFact fact, IReadOnlyList<FieldChange> changes, Dictionary<string, string> people, NameBook names) => new(
            fact.Sequence, fact.Stream, Thing(fact, names), fact.Name, TrailKinds.FamilyOf(fact.Name), fact.Version,
            fact.Parse().OccurredAt, fact.Time("effectiveAt"),
            fact.By is { } by ? new(by, people.GetValueOrDefault(by)) : null, fact.Text("reason"),
            fact.Text("address"), Guid.TryParse(fact.Text("changeSet"), out var set) ? set : null,
            changes.Count > TrailEntry.ChangesMax ? [.. changes.Take(TrailEntry.ChangesMax)] : changes,
            changes.Count > TrailEntry.ChangesMax ? changes.Count - TrailEntry.ChangesMax : null);

    private string Thing(TrailFact fact, NameBook names)
    {
        var kind = fact.Stream[..^fact.Id.Length].TrimEnd('/');
        return fact.Stream == ConfigurationHistory.BookStream ? "rule book" : kind switch
        {
            "schedule" => $"schedule '{names.Of(ReferenceKind.Schedule, fact.Id)}'",
            "menu" => $"menu '{names.Of(ReferenceKind.Menu, fact.Id)}'",
            "mailbox" => $"voicemail box '{names.Of(ReferenceKind.Mailbox, fact.Id)}'",
            "member" or "team" => $"member {names.Of(ReferenceKind.Member, fact.Id)}",
            _ when Name(fact) is { } name => $"{Things.GetValueOrDefault(kind, kind)} '{name}'",
            _ => $"{Things.GetValueOrDefault(kind, kind)} {fact.Id}",
        };
    }

    /// <summary>The last that its facts told.</summary>
    private string? Name(TrailFact fact) =>
        others[fact.Stream].Select(told => told.Text("name") ?? told.Text("host"))
            .LastOrDefault(name => name is not null);
}
