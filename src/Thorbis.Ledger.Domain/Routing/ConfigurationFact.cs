using System.Text.Json.Serialization;
using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A change of what decides on calls. It has two times: <see cref="Fact.OccurredAt"/> is when the ledger
/// had it, <see cref="EffectiveAt"/> from when on it holds.</summary>
public abstract record ConfigurationFact() : Fact(default(Instant))
{
    /// <summary>Never before <see cref="Fact.OccurredAt"/>: what has been decided stays as it was.</summary>
    public Instant EffectiveAt { get; init; }

    /// <summary>The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</summary>
    public string By { get; init; } = "";

    /// <summary>In the words of who did it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The network address it came from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    /// <summary>The change set it was published with; null for a change by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ChangeSet { get; init; }
}

/// <summary>Who changes a configuration, and how.</summary>
/// <param name="By">The user or key, as it stands in facts.</param>
/// <param name="Address">The network address it came from.</param>
/// <param name="EffectiveAt">From when on it shall hold; null for at once.</param>
/// <param name="Version">The one that was seen when the change was written; null when any will do.</param>
/// <param name="Set">The change set that is published.</param>
public sealed record Change(
    string By, string? Reason = null, string? Address = null, Instant? EffectiveAt = null, int? Version = null,
    Guid? Set = null)
{
    public const int ReasonLengthMax = 500;

    /// <summary>How far ahead a change may be planned.</summary>
    public static readonly Duration Ahead = Duration.FromDays(3660);

    public Instant From(Instant now) => EffectiveAt ?? now;

    /// <summary>Completes the facts of an accepted command, unless the change itself cannot be taken: planned for the
    /// past, or made of a version that is not the present one. What is already so needs no fact, whoever says it
    /// of which version.</summary>
    /// <param name="version">The present one: how many facts the stream has.</param>
    internal Decision<TFact> Over<TFact>(Decision<TFact> decision, int version, Instant now)
        where TFact : ConfigurationFact => Refuse(now) is { } refusal ? refusal
        : decision is Accepted<TFact> { Facts: [] } ? decision
        : Version is { } seen && seen != version
            ? new Refusal(Refusal.StaleEdit, $"Version {seen} was edited, but the present version is {version}.")
        : decision is Accepted<TFact> { Facts: var facts }
            ? new Accepted<TFact>([.. facts.Select(fact => Sign(fact, now))])
        : decision;

    internal TFact Sign<TFact>(TFact fact, Instant now)
        where TFact : ConfigurationFact => (TFact)((ConfigurationFact)fact with
        {
            OccurredAt = now,
            EffectiveAt = From(now),
            By = By,
            Reason = Reason,
            Address = Address,
            ChangeSet = Set,
        });

    internal Refusal? Refuse(Instant now) => RefuseTime(now) ?? RefuseReason();

    internal Refusal? RefuseTime(Instant now) =>
        From(now) < now ? Refusal.Of("effectiveAt", "A change holds from now on or later; what was, stays.")
        : From(now) > now + Ahead ? Refusal.Of("effectiveAt", "A change is planned for ten years ahead at most.")
        : null;

    internal Refusal? RefuseReason() => Reason?.Length > ReasonLengthMax
        ? Refusal.Of("reason", $"A reason has at most {ReasonLengthMax} characters.")
        : null;
}

/// <summary>The order in which changes hold.</summary>
public static class EffectiveOrder
{
    /// <summary>The facts that hold at an instant, in the order they came to: by effective time, then as recorded.
    /// </summary>
    /// <param name="facts">In the order of their stream.</param>
    /// <param name="known">Only what the ledger had then; null for all that it has.</param>
    public static IEnumerable<TFact> InForce<TFact>(IEnumerable<TFact> facts, Instant at, Instant? known = null)
        where TFact : ConfigurationFact => facts
        .Where(fact => fact.EffectiveAt <= at && (known is null || fact.OccurredAt <= known))
        .OrderBy(fact => fact.EffectiveAt);
}
