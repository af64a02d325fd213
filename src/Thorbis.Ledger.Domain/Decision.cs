namespace Thorbis.Ledger.Domain;

/// <summary>What a command comes to: facts to record, or a reason why not. A refusal is an answer, not an
/// error.</summary>
public abstract record Decision<TFact>
    where TFact : Fact
{
    public static implicit operator Decision<TFact>(TFact fact) => new Accepted<TFact>([fact]);

    public static implicit operator Decision<TFact>(Refusal why) => new Refused<TFact>(why);
}

/// <param name="Facts">Empty when it is already so: nothing to record.</param>
public sealed record Accepted<TFact>(IReadOnlyList<TFact> Facts) : Decision<TFact>
    where TFact : Fact;

public sealed record Refused<TFact>(Refusal Why) : Decision<TFact>
    where TFact : Fact;

/// <summary>Why the ledger says no.</summary>
/// <param name="Code">Stable, kebab case: clients switch on it.</param>
/// <param name="Detail">A sentence for people, with the values it is about.</param>
/// <param name="Field">The field that cannot be taken as it is; null when the state of things forbids it.</param>
public sealed record Refusal(string Code, string Detail, string? Field = null)
{
    /// <summary>Code of an edit that did not see the last version.</summary>
    public const string StaleEdit = "stale-edit";

    /// <summary>The refusal of a field's value.</summary>
    public static Refusal Of(string field, string reason) => new("invalid", reason, field);
}
