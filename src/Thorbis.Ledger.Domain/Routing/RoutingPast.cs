using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What decided on calls between two changes, made ready for many.</summary>
/// <param name="HasRules">Anything of the rule book was ever in force.</param>
public sealed record RoutingSpan(RoutingConfiguration Configuration, Router Router, bool HasRules)
{
    private readonly HashSet<Guid> _whenClosed =
    [
        .. Configuration.Book.Rules.Where(rule => rule.When.Any(condition => condition is HoursCondition
        {
            State: HoursState.Closed,
        })).Select(rule => rule.Id),
    ];

    /// <summary>A closed schedule decided on a call: by a rule for when it is closed, or by a rule's business
    /// hours.</summary>
    public bool AfterHours(RouteDecision decision) =>
        (decision.Route.RuleId is { } rule && _whenClosed.Contains(rule))
        || decision.Trace.Any(step => step.Code == TraceCode.HoursClosed);
}

/// <summary>What a company's facts tell of any instant, as far as decisions on calls depend on it. Not safe between
/// threads: it keeps what it was asked for last.</summary>
/// <param name="told">Of members and customers, in the order of the ledger; others are passed over.</param>
/// <param name="known">What was said later of customers does not count; null for what each call's own instant knew.
/// </param>
public sealed class RoutingPast(
    ConfigurationHistory history, IReadOnlyList<Fact> told, IDateTimeZoneProvider zones, Instant? known = null)
{
    // What members say of themselves is a fact of the call; it changes no configuration.
    private readonly Instant[] _changes =
    [
        .. history.Changes.Where(change => change.Fact is not AvailabilitySet).Select(change => change.Fact.EffectiveAt)
            .Concat(told.OfType<MemberFact>().Where(fact => fact is not MemberRoleChanged)
                .Select(fact => fact.OccurredAt))
            .Distinct().Order(),
    ];

    private readonly Instant? _rulesFrom =
        history.Book.Facts.Count == 0 ? null : history.Book.Facts.Min(fact => fact.EffectiveAt);

    private readonly Dictionary<string, List<MemberFact>> _members = told.OfType<MemberFact>()
        .GroupBy(fact => fact.UserId).ToDictionary(member => member.Key, member => member.ToList());

    private readonly ILookup<string, PartyWord> _parties =
        told.OfType<CustomerFact>().Select(fact => LinkOf(fact, zones)).OfType<(string Party, PartyWord Word)>()
            .ToLookup(link => link.Party, link => link.Word);

    private readonly Dictionary<string, AvailabilitySet[]> _availability = history.Team.ToDictionary(
        member => member.Key,
        member => member.Value.Facts.OfType<AvailabilitySet>().OrderBy(fact => fact.EffectiveAt).ToArray());

    private (int Change, RoutingSpan Span)? _last;

    public ConfigurationHistory History { get; } = history;

    public IDateTimeZoneProvider Zones { get; } = zones;

    /// <summary>What decides on calls at an instant; compiled once for each stretch between two changes when asked for
    /// in order.</summary>
    public RoutingSpan At(Instant at)
    {
        var index = Array.BinarySearch(_changes, at);
        var change = index < 0 ? ~index - 1 : index;
        if (_last is not { } last || last.Change != change)
        {
            last = (change, Compile(History.InForce(at, Zones), at));
            _last = last;
        }
        return last.Span;
    }

    /// <summary>The same of a configuration with the members of an instant.</summary>
    public RoutingSpan Compile(RoutingConfiguration configuration, Instant at)
    {
        var members = _members.Where(member => IsMember(member.Value, at)).ToDictionary(
            member => member.Key,
            member => configuration.Team.GetValueOrDefault(member.Key) ?? TeamTerms.Default);
        configuration = configuration with { Team = members };
        return new(configuration, Router.Compile(configuration), _rulesFrom <= at);
    }

    /// <summary>Instants within a range at which something else comes into force.</summary>
    public IEnumerable<Instant> ChangesBetween(Instant after, Instant before) =>
        _changes.Where(at => at > after && at < before);

    /// <summary>The call with all that is known of the company at its instant.</summary>
    /// <param name="calls">How many a member has; null where that is not known.</param>
    public CallSituation Complete(CallSituation call, RoutingSpan span, Func<TeamTerms, int?> calls) => call with
    {
        Customer = CustomerOf(call.Caller, call.At),
        Members = span.Configuration.Team.ToDictionary(
            member => member.Key,
            member => new MemberState(AvailabilityOf(member.Key, call.At), calls(member.Value))),
    };

    /// <summary>Null before a member first said anything.</summary>
    public Availability? AvailabilityOf(string member, Instant at)
    {
        var said = _availability.GetValueOrDefault(member) ?? [];
        for (var i = said.Length - 1; i >= 0; i--)
        {
            if (said[i].EffectiveAt <= at)
            {
                return said[i].Availability;
            }
        }
        return null;
    }

    /// <summary>Of several words on one day the last stands.</summary>
    public CustomerMatch CustomerOf(string? caller, Instant at)
    {
        PartyWord? holds = null;
        foreach (var word in PhoneNumber.Normalize(caller) is { } party ? _parties[party] : [])
        {
            holds = word.From <= at && word.RecordedAt <= (known ?? at) && !(word.From < holds?.From) ? word : holds;
        }
        return new(holds is { Customer.Length: > 0 } ? holds.Customer : null);
    }

    private static bool IsMember(List<MemberFact> facts, Instant at) =>
        facts.FindLast(fact => fact.OccurredAt <= at) is not (null or MemberRemoved);

    private static (string Party, PartyWord Word)? LinkOf(CustomerFact fact, IDateTimeZoneProvider zones) => fact switch
    {
        PartyLinked linked => (linked.Party, new(
            zones[linked.Zone].AtStartOfDay(linked.From).ToInstant(), linked.OccurredAt, linked.CustomerId)),
        PartyUnlinked unlinked => (unlinked.Party, new(
            zones[unlinked.Zone].AtStartOfDay(unlinked.From).ToInstant(), unlinked.OccurredAt, "")),
        _ => null,
    };

    /// <param name="Customer">Empty for nobody's.</param>
    private sealed record PartyWord(Instant From, Instant RecordedAt, string Customer);
}
