using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Menus;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>All that a decision on a call may depend on, beside the configuration. What is left out is not known, as of
/// calls long ago, and a decision that depends on it says so.</summary>
/// <param name="Called">The number that was called, as the carrier wrote it.</param>
/// <param name="Caller">As the carrier wrote it; null or <c>anonymous</c> for who shows no number.</param>
/// <param name="At">When the call came.</param>
public sealed record CallSituation(string Called, string? Caller, CallDirection Direction, Instant At)
{
    /// <summary>The tags of the number that was called; null when not known.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Null when not known.</summary>
    public CustomerMatch? Customer { get; init; }

    /// <summary>By member; who is not in it is not known.</summary>
    public IReadOnlyDictionary<string, MemberState> Members { get; init; } = new Dictionary<string, MemberState>();

    /// <summary>By round robin rule: how many calls it gave to each of its members since their list last changed. A
    /// rule that is not in it is not known, a member who is not in it had none.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, int>> Turns { get; init; } =
        new Dictionary<Guid, IReadOnlyDictionary<string, int>>();

    /// <summary>Callers who wait, by queue; a queue that is not in it is not known.</summary>
    public IReadOnlyDictionary<string, int> Waiting { get; init; } = new Dictionary<string, int>();

    /// <summary>What the caller has done in menus so far.</summary>
    public IReadOnlyList<MenuInput> Pressed { get; init; } = [];
}

/// <param name="Reference">Of the customer that the caller is linked to; null when to none.</param>
public sealed record CustomerMatch(string? Reference);

/// <param name="Availability">Null when not known.</param>
/// <param name="Calls">Under way at this instant; null when not known.</param>
public readonly record struct MemberState(Availability? Availability, int? Calls);
