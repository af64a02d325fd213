using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A call that was, decided on by what was in force when it began.</summary>
/// <param name="Span">What was in force.</param>
public sealed record ReplayedCall(
    RecordedCall Call, CallSituation Situation, RoutingSpan Span, RouteDecision Decision);

/// <summary>Decides on calls that were. They come in the order of their begin, so that each finds how many calls
/// members had.</summary>
public sealed class CallReplay(RoutingPast past)
{
    /// <summary>Changes that are tried for an explanation of a difference.</summary>
    private const int ChangesTried = 20;

    private readonly PhoneLoads _loads = new();

    /// <summary>Takes down which phones a call held, without deciding on it.</summary>
    public void Pass(RecordedCall call) => _loads.Add(call);

    public ReplayedCall Decide(RecordedCall call)
    {
        var span = past.At(call.Known.At);
        var situation = past.Complete(call.Known, span, terms => _loads.Of(terms, call.Known.At));
        _loads.Add(call);
        return new(call, situation, span, span.Router.Decide(situation));
    }

    /// <summary>What the decision comes to beside what happened.</summary>
    /// <param name="ended">When the call did; null while it goes on.</param>
    public Conformity Check(ReplayedCall replayed, Instant? ended)
    {
        if (!replayed.Span.HasRules)
        {
            return new(Verdict.CannotTell, ConformityCause.NoRules);
        }
        var what = replayed.Call.What;
        var conformity = Conformity.Of(replayed.Decision, what, replayed.Span.Configuration);
        return conformity.Verdict == Verdict.Differs && ended is { } end
            && Explains(replayed, end) is { } change
            ? conformity with { Cause = ConformityCause.ConfigurationChanged, ChangedAt = change }
            : conformity;
    }

    private Instant? Explains(ReplayedCall replayed, Instant ended)
    {
        foreach (var change in past.ChangesBetween(replayed.Situation.At, ended).Take(ChangesTried))
        {
            var span = past.Compile(past.History.InForce(change, past.Zones), change);
            var decision = span.Router.Decide(replayed.Situation);
            if (Conformity.Of(decision, replayed.Call.What, span.Configuration).Verdict == Verdict.Agrees)
            {
                return change;
            }
        }
        return null;
    }
}
