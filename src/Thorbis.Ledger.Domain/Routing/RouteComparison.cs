namespace Thorbis.Ledger.Domain.Routing;

public enum Moved
{
    No,
    Yes,

    /// <summary>It depends on what is not known of the call.</summary>
    CannotTell,
}

/// <summary>Whether a call would go elsewhere under another configuration.</summary>
/// <param name="Because">What is not known and decides on it; empty when it can be told.</param>
public sealed record RouteComparison(Moved Moved, IReadOnlyList<Unknown> Because)
{
    /// <param name="before">The decision on the same situation under the one configuration.</param>
    /// <param name="after">Under the other.</param>
    public static RouteComparison Of(RouteDecision before, RouteDecision after)
    {
        // The same decision in every respect depends on the same things in the same way: whatever they are, it does not
        // move. That also holds where it cannot be told where the call went.
        if (before.Route.SameEnd(after.Route) && Lists.Same(before.MayBe, after.MayBe))
        {
            return new(Moved.No, []);
        }
        if ((before.Certain && after.Certain) || Apart(before, after))
        {
            return new(Moved.Yes, []);
        }
        return new(
            Moved.CannotTell,
            [.. before.MayBe.Concat(after.MayBe).SelectMany(possibility => possibility.If).Distinct()]);
    }

    /// <summary>No place where it may go under the one is one where it may go under the other.</summary>
    private static bool Apart(RouteDecision before, RouteDecision after) =>
        before.MayBe.Concat(after.MayBe).All(possibility => possibility.Exact)
        && !Ends(before).Any(end => Ends(after).Any(end.SameEnd));

    private static IEnumerable<Route> Ends(RouteDecision decision) =>
        decision.MayBe.Select(possibility => possibility.Route).Prepend(decision.Route);
}
