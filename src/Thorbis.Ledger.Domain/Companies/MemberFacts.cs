using NodaTime;

namespace Thorbis.Ledger.Domain.Companies;

/// <summary>
/// A fact of one user in one company; stream <c>member/{user id}</c>. Facts name users by id alone: facts are for
/// good, and a name or address must be erasable.
/// </summary>
public abstract record MemberFact(string UserId, Instant OccurredAt) : Fact(OccurredAt);

/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record MemberJoined(string UserId, Instant OccurredAt, Role Role, string By)
    : MemberFact(UserId, OccurredAt);

/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record MemberRoleChanged(string UserId, Instant OccurredAt, Role Role, string By)
    : MemberFact(UserId, OccurredAt);

/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
public sealed record MemberRemoved(string UserId, Instant OccurredAt, string By) : MemberFact(UserId, OccurredAt);
