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

/// <summary>From a day on, calls and messages with a member's phones belong to a cost centre.</summary>
/// <param name="Zone">IANA zone whose day <paramref name="From"/> is of.</param>
/// <param name="CostCentre">Empty: to none of the member's own.</param>
/// <param name="By">The user or key that said so.</param>
/// <remarks>Changes no membership, so it is none of the facts that are folded into who is a member.</remarks>
public sealed record MemberCentreAssigned(
    string UserId, Instant OccurredAt, LocalDate From, string Zone, string CostCentre, string By, string? Reason)
    : Fact(OccurredAt);
