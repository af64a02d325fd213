namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Puts traces and routes into sentences, by the names of the configuration that was decided with.</summary>
/// <param name="nameOf">The name of a member, schedule or voicemail box by its id; the id itself where there is
/// none.</param>
public sealed class TraceWords(RoutingConfiguration configuration, Func<string, string> nameOf)
{
    private readonly DestinationWords _destinations = new(configuration, nameOf);

    private readonly Dictionary<string, Rule> _rules =
        configuration.Book.Rules.GroupBy(rule => rule.Id.ToString()).ToDictionary(r => r.Key, r => r.First());

    /// <summary>One sentence for each step; then where the call goes, and if that cannot be told, what it depends
    /// on.</summary>
    public IReadOnlyList<string> Of(RouteDecision decision) =>
        [.. decision.Trace.Select(Of), .. Certainty(decision)];

    /// <summary>Where a call goes, such as <c>Ann; unanswered after 20 s, to the busy tone</c>.</summary>
    public string Of(Route route) => _destinations.Of(route);

    public string Of(TraceStep step) =>
        OfRules(step) ?? OfMembers(step) ?? OfPlaces(step) ?? OfMenus(step) ?? OfEnds(step);

    /// <summary>What is not known, such as <c>how many calls Ann had</c>.</summary>
    public string Of(Unknown unknown) => unknown.Fact switch
    {
        UnknownFact.Tags => "which tags the number had",
        UnknownFact.Customer => "whether the caller was a customer",
        UnknownFact.Availability => $"whether {Name(unknown.Of)} was available",
        UnknownFact.Load => $"how many calls {Name(unknown.Of)} had",
        UnknownFact.Turns => $"whose turn it was in {RuleName(unknown.Of)}",
        UnknownFact.Waiting => $"how many callers waited in {_destinations.Queue(unknown.Of!)}",
        _ => $"what was pressed in {_destinations.Menu(unknown.Of!)}",
    };

    private string? OfRules(TraceStep step) => step.Code switch
    {
        TraceCode.RuleOff => $"{RuleName(step.Of)} is switched off.",
        TraceCode.RuleApplies => $"{RuleName(step.Of)} applies"
            + (_rules.GetValueOrDefault(step.Of!)?.When.Count switch
            {
                0 => ", as to every call.",
                1 => ": its condition holds.",
                _ => ": all its conditions hold.",
            }),
        TraceCode.ConditionFailed => $"{RuleName(step.Of)} does not apply: {Failed(step)}.",
        TraceCode.ConditionUnknown =>
            $"Whether {RuleName(step.Of)} applies cannot be told: it is not known {Missing(step)}.",
        TraceCode.NoRule => "No rule applies.",
        TraceCode.TurnsUnknown => $"It is not known whose turn it is in {RuleName(step.Of)}.",
        TraceCode.NobodyFree => $"Nobody of {RuleName(step.Of)} can take the call.",
        _ => null,
    };

    private string? OfMembers(TraceStep step) => step.Code switch
    {
        TraceCode.MemberGone => $"{Name(step.Of)} is passed over: not a member any more.",
        TraceCode.MemberUnavailable => $"{Name(step.Of)} is passed over: {Availability(step.Value)}.",
        TraceCode.MemberFull => $"{Name(step.Of)} is passed over: {Count(step.Number, "call")} under way.",
        TraceCode.MemberOffDuty => $"{Name(step.Of)} is passed over: outside of {Name(step.Value)}.",
        TraceCode.MemberUnknown => $"Whether {Name(step.Of)} can take the call is not known.",
        TraceCode.MemberChosen =>
            $"{Name(step.Of)} is chosen, with {Count(step.Number, "turn")} so far the next in line.",
        TraceCode.MemberRings => $"{Name(step.Of)} can take the call.",
        _ => null,
    };

    private string? OfPlaces(TraceStep step) => step.Code switch
    {
        TraceCode.HoursOpen => $"{Name(step.Of)} is open.",
        TraceCode.HoursClosed => $"{Name(step.Of)} is closed"
            + (step.Value is { } holiday ? $" for {holiday}." : "."),
        TraceCode.HoursMissing => $"There is no schedule {Name(step.Of)}.",
        TraceCode.QueueJoined when step.Number < 0 =>
            $"How many callers wait in {_destinations.Queue(step.Of!)} is not known.",
        TraceCode.QueueJoined =>
            $"{_destinations.Queue(step.Of!)} has room: {Count(step.Number, "caller")} before this one.",
        TraceCode.QueueFull => $"{_destinations.Queue(step.Of!)} is full: {Count(step.Number, "caller")}.",
        TraceCode.QueueMissing => $"There is no queue '{step.Of}'.",
        _ => null,
    };

    private string? OfMenus(TraceStep step) => step.Code switch
    {
        TraceCode.MenuWaits => $"{_destinations.Menu(step.Of!)} waits for a key at '{step.Value}'.",
        TraceCode.MenuLeft =>
            $"{_destinations.Menu(step.Of!)} is left at '{step.Value}', after {Count(step.Number, "input")}.",
        TraceCode.MenuKeyUnknown =>
            $"What was pressed in {_destinations.Menu(step.Of!)} at '{step.Value}' is not known.",
        TraceCode.MenuStuck => $"{_destinations.Menu(step.Of!)} leads nowhere from '{step.Value}'.",
        TraceCode.MenuMissing => $"There is no menu '{step.Of}'.",
        _ => null,
    };

    private string OfEnds(TraceStep step) => step.Code switch
    {
        TraceCode.Outgoing => $"The call goes out to {step.Value}: rules are for incoming calls.",
        TraceCode.CallerBlocked => $"The caller {step.Value} is on the block list.",
        TraceCode.Fallback => $"The fall-back of {RuleName(step.Of)} is taken.",
        TraceCode.Default => "The default destination of the rule book is taken.",
        TraceCode.HungUp => "Nothing is left that could take the call.",
        _ => "The call was sent from place to place too often.",
    };

    private IEnumerable<string> Certainty(RouteDecision decision)
    {
        var where = _destinations.Of(decision.Route);
        return decision.Certain ? [$"The call goes to {where}."] :
        [
            $"Where the call goes cannot be told. It may go to {where}.",
            .. decision.MayBe.SelectMany(possibility => possibility.If).Select(Of).Distinct()
                .Select(unknown => $"That depends on {unknown}."),
        ];
    }

    private string Failed(TraceStep step) => ConditionOf(step) is { } condition
        ? ConditionWords.Failed(condition, step, nameOf)
        : "a condition does not hold";

    private string Missing(TraceStep step) => ConditionOf(step) is NumberTag
        ? "which tags the number had"
        : "whether the caller was a customer";

    private Condition? ConditionOf(TraceStep step) =>
        _rules.TryGetValue(step.Of!, out var rule) && step.Place < rule.When.Count ? rule.When[step.Place] : null;

    private string RuleName(string? id) =>
        $"Rule '{(id is not null && _rules.TryGetValue(id, out var rule) ? rule.Name : id)}'";

    private string Name(string? id) => id is null ? "" : nameOf(id);

    private static string Availability(string? word) => word switch
    {
        nameof(Routing.Availability.DoNotDisturb) => "not to be disturbed",
        _ => word?.ToLowerInvariant() ?? "",
    };

    internal static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
