using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>One call as one company sees it, folded from the facts of its own legs.</summary>
/// <remarks>
/// The same facts in any order, each told any number of times, give the same state: starts, answers, bridges and
/// hang-ups keep the earliest telling, cost and machine detection the latest.
/// </remarks>
/// <param name="FirstFactAt">Earliest instant told of the call.</param>
/// <param name="Legs">By leg id.</param>
public sealed record Call(Instant FirstFactAt, IReadOnlyList<Leg> Legs)
{
    /// <summary>The call with one more fact. Total: takes every fact, in every state.</summary>
    public static Call Evolve(Call? call, CallFact fact)
    {
        var leg = LegEvolution.Evolve(Find(call, fact.LegId), fact);
        return new Call(Registers.Earliest(call?.FirstFactAt, fact.OccurredAt), Registers.With(call?.Legs, leg));
    }

    /// <summary>The row of lists, exports and figures.</summary>
    /// <param name="callId">Telnyx's <c>call_session_id</c>.</param>
    public CallView ToView(string callId) => CallReading.View(this, callId);

    /// <summary>What the caller pressed in menus, in its order.</summary>
    public IEnumerable<MenuKey> PressedInMenus() =>
        CallReading.Primary(Legs)?.MenuKeys?.OrderBy(key => key.At) ?? Enumerable.Empty<MenuKey>();

    private static Leg? Find(Call? call, string legId)
    {
        for (var i = 0; i < call?.Legs.Count; i++)
        {
            if (string.Equals(call.Legs[i].LegId, legId, StringComparison.Ordinal))
            {
                return call.Legs[i];
            }
        }
        return null;
    }
}
