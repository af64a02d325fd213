using System.Text.Json.Serialization;
using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

public enum Verdict
{
    Agrees,
    Differs,
    CannotTell,
}

/// <summary>Why a call differs, or cannot be told.</summary>
public enum ConformityCause
{
    /// <summary>Somebody talked to the caller whom the rules do not send the call to.</summary>
    AnsweredElsewhere,

    /// <summary>A phone rang that the rules do not send the call to, or one did not that they do.</summary>
    RangElsewhere,

    /// <summary>It ended in another way, such as in voicemail.</summary>
    EndedOtherwise,

    /// <summary>What came into force during the call sends it where it went.</summary>
    ConfigurationChanged,

    /// <summary>The company had no rules yet.</summary>
    NoRules,

    /// <summary>The call goes on, or its end is not known.</summary>
    NotEnded,

    /// <summary>The caller gave up before anything could be seen.</summary>
    CallerLeft,

    /// <summary>The legs do not show where it went.</summary>
    NotRecorded,

    /// <summary>Where a member's phone rings was never said.</summary>
    PhonesUnknown,

    /// <summary>What was pressed in a menu was not recorded.</summary>
    KeysUnknown,

    /// <summary>The decision depends on what is not known of the call.</summary>
    FactsUnknown,
}

/// <summary>What a decision comes to beside what happened.</summary>
/// <param name="Cause">Null where it agrees.</param>
/// <param name="Because">What is not known and decides on it.</param>
/// <param name="ChangedAt">When the change was that explains a difference.</param>
public sealed record Conformity(
    Verdict Verdict, ConformityCause? Cause = null,
    [property: JsonIgnore] IReadOnlyList<Unknown>? Because = null, Instant? ChangedAt = null)
{
    private static readonly Conformity Agreed = new(Verdict.Agrees);

    /// <summary>It agrees where every place that the call may go to is where it went, and differs where none is: what
    /// is said on part of what could be known is never wrong by the whole of it.</summary>
    public static Conformity Of(RouteDecision decision, Happening what, RoutingConfiguration configuration)
    {
        if (!what.Ended)
        {
            return new(Verdict.CannotTell, ConformityCause.NotEnded);
        }
        var match = new RouteMatch(what, configuration);
        var main = match.Of(decision.Route, exact: true);
        if (decision.Certain)
        {
            return main is null ? Agreed : Told(main.Value);
        }
        var all = decision.MayBe.Select(possibility => match.Of(possibility.Route, possibility.Exact))
            .Prepend(main).ToList();
        return all.TrueForAll(cause => cause is null) ? Agreed
            : all.TrueForAll(cause => cause is { } why && RouteMatch.IsDifference(why)) ? Told(main!.Value)
            : new(
                Verdict.CannotTell, ConformityCause.FactsUnknown,
                [.. decision.MayBe.SelectMany(possibility => possibility.If).Distinct()]);
    }

    private static Conformity Told(ConformityCause cause) => new(
        RouteMatch.IsDifference(cause) ? Verdict.Differs : Verdict.CannotTell, cause);
}
