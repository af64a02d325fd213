using NodaTime;

namespace Thorbis.Ledger.Domain.Customers;

/// <summary>A fact of one customer of a company; stream <c>customer/{id}</c>.</summary>
/// <param name="CustomerId">The company's own reference, such as <c>ACME-17</c>.</param>
public abstract record CustomerFact(string CustomerId, Instant OccurredAt) : Fact(OccurredAt);

/// <summary>A customer is called this from now on; the first telling makes it known.</summary>
/// <param name="By">The user or key that said so.</param>
public sealed record CustomerNamed(string CustomerId, Instant OccurredAt, string Name, string By, string? Reason)
    : CustomerFact(CustomerId, OccurredAt);

/// <summary>From a day on a party is this customer's, and nobody else's.</summary>
/// <param name="Party">E.164.</param>
/// <param name="Zone">IANA zone whose day <paramref name="From"/> is of.</param>
/// <param name="By">The user or key that said so.</param>
public sealed record PartyLinked(
    string CustomerId, Instant OccurredAt, string Party, LocalDate From, string Zone, string By, string? Reason)
    : CustomerFact(CustomerId, OccurredAt);

/// <summary>From a day on a party is no customer's.</summary>
/// <param name="CustomerId">Whose it was on that day.</param>
/// <param name="Party">E.164.</param>
/// <param name="Zone">IANA zone whose day <paramref name="From"/> is of.</param>
/// <param name="By">The user or key that said so.</param>
public sealed record PartyUnlinked(
    string CustomerId, Instant OccurredAt, string Party, LocalDate From, string Zone, string By, string? Reason)
    : CustomerFact(CustomerId, OccurredAt);

/// <summary>From a day on, what calls and messages with a customer's parties cost belongs to a cost centre.</summary>
/// <param name="Zone">IANA zone whose day <paramref name="From"/> is of.</param>
/// <param name="CostCentre">Empty: to none of its own.</param>
/// <param name="By">The user or key that said so.</param>
public sealed record CustomerCentreAssigned(
    string CustomerId, Instant OccurredAt, LocalDate From, string Zone, string CostCentre, string By, string? Reason)
    : CustomerFact(CustomerId, OccurredAt);
