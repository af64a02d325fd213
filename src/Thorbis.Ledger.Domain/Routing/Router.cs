using Thorbis.Ledger.Domain.Calls;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Decides where calls go. The same for live calls, previews and replays: it knows no clock, and the same
/// configuration and situation give the same decision. Any configuration can be compiled, also one that would be
/// refused, and every call gets exactly one decision.</summary>
public sealed class Router
{
    private static readonly Route Rejected = new(null, [new ToReject()], RingSettings.Default, null, null, null);

    private readonly CompiledBook _book;

    private Router(CompiledBook book) => _book = book;

    public static Router Compile(RoutingConfiguration configuration) => new(new(configuration));

    /// <summary>Of one call. To decide on many, compile once.</summary>
    public static RouteDecision Decide(RoutingConfiguration configuration, CallSituation situation) =>
        Compile(configuration).Decide(situation);

    public RouteDecision Decide(CallSituation situation)
    {
        var call = new Hearing(_book, situation);
        if (situation.Direction == CallDirection.Outgoing)
        {
            call.Tell(TraceCode.Outgoing, value: call.Called);
            return new(Rejected with { Targets = [new ToNumber(call.Called)] }, [], call.Trace);
        }
        if (call.Caller is { } caller && _book.Blocked.Contains(caller))
        {
            call.Tell(TraceCode.CallerBlocked, value: caller);
            return new(Rejected, [], call.Trace);
        }
        return ByRules(call);
    }

    private RouteDecision ByRules(Hearing call)
    {
        List<Possibility>? mayBe = null;
        foreach (var rule in _book.Rules)
        {
            switch (Applies(rule, call))
            {
                case Truth.Yes:
                    call.Tell(TraceCode.RuleApplies, rule.Id);
                    return Settle(call, rule, mayBe);
                case Truth.Unknown:
                    mayBe ??= [];
                    RouteSearch.Explore(_book, call, rule, Open(rule, call), mayBe);
                    break;
            }
        }
        call.Tell(TraceCode.NoRule);
        return Settle(call, null, mayBe);
    }

    private RouteDecision Settle(Hearing call, CompiledRule? rule, List<Possibility>? mayBe)
    {
        var route = RouteSearch.Find(_book, call, rule, ref mayBe);
        // What is not known does not matter where everything it might be leads to the same end.
        var open = mayBe is not null && mayBe.Exists(other => !other.Exact || !other.Route.SameEnd(route));
        return new(route, open ? mayBe! : [], call.Trace);
    }

    /// <summary>A condition that does not hold settles it, whatever is not known of the others.</summary>
    private static Truth Applies(CompiledRule rule, Hearing call)
    {
        if (!rule.Enabled)
        {
            call.Tell(TraceCode.RuleOff, rule.Id);
            return Truth.No;
        }
        var open = -1;
        for (var i = 0; i < rule.Tests.Length; i++)
        {
            call.Number = 0;
            var truth = rule.Tests[i].Of(call);
            if (truth == Truth.No)
            {
                call.Tell(TraceCode.ConditionFailed, rule.Id, call.Value, call.Number, Place(i));
                return Truth.No;
            }
            open = truth == Truth.Unknown && open < 0 ? i : open;
        }
        if (open < 0)
        {
            return Truth.Yes;
        }
        call.Tell(TraceCode.ConditionUnknown, rule.Id, place: Place(open));
        return Truth.Unknown;
    }

    private static short Place(int condition) => (short)Math.Min(condition, short.MaxValue);

    private static List<Unknown> Open(CompiledRule rule, Hearing call) =>
    [
        .. rule.Rule.When.Where((_, i) => rule.Tests[i].Of(call) == Truth.Unknown).Select(condition => new Unknown(
            condition is NumberTag ? UnknownFact.Tags : UnknownFact.Customer, null, condition)),
    ];
}
