namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What a draft is compared with.</summary>
public enum Baseline
{
    /// <summary>What was in force when each call began.</summary>
    Then,

    /// <summary>What is in force now, at every call.</summary>
    Now,
}

/// <summary>A call that was, under two configurations.</summary>
/// <param name="Talk">Microseconds; 0 when nobody was talked to.</param>
/// <param name="Comparison">Cannot be told, for no reason, where the company had no rules yet.</param>
/// <param name="AfterHours">The present, and the draft, send it where calls go while a schedule is closed.</param>
public sealed record ComparedCall(
    CallSituation Situation, long Talk, RoutingSpan Old, RouteDecision Before, RouteDecision After,
    RouteComparison Comparison, (bool Before, bool After) AfterHours);

/// <summary>Sends calls that were through a draft. They come in the order of their begin.</summary>
/// <param name="draft">As if it had always been in force.</param>
/// <param name="present">What it is compared with; null for what was in force then.</param>
public sealed class WhatIf(RoutingPast past, RoutingSpan draft, RoutingSpan? present = null)
{
    private readonly CallReplay _replay = new(past);

    /// <summary>Takes down which phones a call held, without asking where it goes.</summary>
    public void Pass(RecordedCall call) => _replay.Pass(call);

    public ComparedCall Compare(RecordedCall call)
    {
        var then = _replay.Decide(call);
        var old = present ?? then.Span;
        var before = present is null ? then.Decision : present.Router.Decide(then.Situation);
        var after = draft.Router.Decide(then.Situation);
        return new(
            then.Situation, call.Talk, old, before, after,
            old.HasRules ? RouteComparison.Of(before, after) : new(Moved.CannotTell, []),
            (old.AfterHours(before), draft.AfterHours(after)));
    }
}
