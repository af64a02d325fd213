using NodaTime;

namespace Thorbis.Ledger.Domain.Companies;

/// <summary>A fact of one API key; stream <c>apikey/{id}</c>. Nothing of the secret is in it.</summary>
public abstract record ApiKeyFact(Guid KeyId, Instant OccurredAt) : Fact(OccurredAt);

/// <param name="Role">What the key may do, for as long as it lives.</param>
/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record ApiKeyCreated(Guid KeyId, Instant OccurredAt, string Name, Role Role, string By)
    : ApiKeyFact(KeyId, OccurredAt);

/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record ApiKeyRevoked(Guid KeyId, Instant OccurredAt, string By) : ApiKeyFact(KeyId, OccurredAt);
