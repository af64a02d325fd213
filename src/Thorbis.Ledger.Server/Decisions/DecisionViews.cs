using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>Where a call goes, and why.</summary>
/// <param name="GoesTo">In words.</param>
/// <param name="To">One, or several members who ring at the same time.</param>
/// <param name="Otherwise">Where it goes on to when nobody answers, or a queue was waited in for too long.</param>
/// <param name="RuleId">The rule that decided; left out when none did.</param>
/// <param name="Certain">False: it depends on what is not known.</param>
/// <param name="DependsOn">What is not known, in words.</param>
/// <param name="MayGoTo">Where else it may go, in words.</param>
/// <param name="Trace">What was looked at, in order, in words.</param>
public sealed record DecisionView(
    string GoesTo, IReadOnlyList<Destination> To, Destination? Otherwise, Guid? RuleId, string? Rule, bool Certain,
    IReadOnlyList<string> DependsOn, IReadOnlyList<string> MayGoTo, IReadOnlyList<string> Trace)
{
    internal static DecisionView Of(
        RouteDecision decision, RoutingConfiguration configuration, Func<string, string> nameOf)
    {
        var (words, route) = (new TraceWords(configuration, nameOf), decision.Route);
        return new(
            words.Of(route), route.Targets, route.Otherwise, route.RuleId,
            route.RuleId is { } id ? configuration.Book.Rule(id)?.Name : null, decision.Certain,
            Words(words, decision.MayBe.SelectMany(possibility => possibility.If)),
            [.. decision.MayBe.Select(possibility => words.Of(possibility.Route)).Distinct()], words.Of(decision));
    }

    internal static IReadOnlyList<string> Words(TraceWords words, IEnumerable<Unknown> unknown) =>
        [.. unknown.Select(words.Of).Distinct()];
}

/// <summary>What is known of a call, as far as decisions may depend on it; left out is what is not known.</summary>
/// <param name="Customer">Empty where the caller is linked to none.</param>
/// <param name="Members">By member.</param>
/// <param name="Waiting">Callers before this one, by queue.</param>
/// <param name="Pressed">As in the test of a menu: keys, <c>t</c>, <c>s</c>, and <c>?</c> for one not known.</param>
public sealed record SituationView(
    string Called, string? Caller, CallDirection Direction, Instant At, IReadOnlyList<string>? Tags, string? Customer,
    IReadOnlyDictionary<string, MemberStateView> Members, IReadOnlyDictionary<string, int> Waiting, string Pressed)
{
    internal static SituationView Of(CallSituation call) => new(
        call.Called, call.Caller, call.Direction, call.At, call.Tags,
        call.Customer is { } customer ? customer.Reference ?? "" : null,
        call.Members.ToDictionary(
            member => member.Key, member => new MemberStateView(member.Value.Availability, member.Value.Calls)),
        call.Waiting, string.Concat(call.Pressed));
}

/// <param name="Calls">Under way.</param>
public sealed record MemberStateView(Availability? Availability = null, int? Calls = null);

/// <summary>What became of a call, as far as its legs show where it went.</summary>
/// <param name="Rung">Legs out by which phones were rung, until the call was taken.</param>
/// <param name="Answered">The caller's leg was.</param>
/// <param name="Message">Something was recorded after a prompt, and nobody talked.</param>
/// <param name="Prompted">The caller was spoken or played to, or asked for a key.</param>
/// <param name="Queues">That were left, as the carrier names them.</param>
public sealed record HappenedView(
    IReadOnlyList<RungLegView> Rung, bool Answered, bool Message, bool Prompted, IReadOnlyList<string> Queues,
    Instant? EndedAt, string? HangupCause, string? HangupSource)
{
    internal static HappenedView Of(Happening what, RoutingConfiguration configuration, Instant? endedAt) => new(
        [.. what.Rung.Select(leg => new RungLegView(
            leg.Address, leg.At, leg.TakenAt,
            [.. configuration.Team.Where(member => HasPhone(member.Value, leg.Address)).Select(m => m.Key)]))],
        what.Answered, what.Message, what.Prompted, what.Queues, endedAt, what.End?.Cause, what.End?.Source);

    private static bool HasPhone(TeamTerms terms, string address) =>
        (terms.Phones ?? []).Any(phone => PhoneAddress.Of(phone) == address);
}

/// <param name="To">Number or SIP address.</param>
/// <param name="TakenAt">When it was joined with the caller's; left out when it was not, or by a machine.</param>
/// <param name="Members">Whose phone it is.</param>
public sealed record RungLegView(string To, Instant At, Instant? TakenAt, IReadOnlyList<string> Members);
