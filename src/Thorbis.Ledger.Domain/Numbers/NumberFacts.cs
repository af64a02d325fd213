using NodaTime;

namespace Thorbis.Ledger.Domain.Numbers;

/// <summary>A fact of one number in one company; stream <c>number/{e164}</c>.</summary>
public abstract record NumberFact(string Number, Instant OccurredAt) : Fact(OccurredAt);

/// <summary>The company says it holds a number; attributes nothing until confirmed.</summary>
/// <param name="From">First instant of the holding, inclusive.</param>
/// <param name="Until">First instant after it; null while it lasts.</param>
/// <param name="By">The user or key that registered it.</param>
public sealed record NumberClaimed(string Number, Instant OccurredAt, Instant From, Instant? Until, string By)
    : NumberFact(Number, OccurredAt);

/// <summary>An operator confirmed the claim: what the number did in that time is the company's.</summary>
/// <param name="From">First instant of the holding, inclusive.</param>
/// <param name="Until">First instant after it; null while it lasts.</param>
public sealed record NumberConfirmed(string Number, Instant OccurredAt, Instant From, Instant? Until, string By)
    : NumberFact(Number, OccurredAt);

/// <summary>A number order ended at the carrier, well or not.</summary>
/// <param name="Status">Open set: <c>success</c>, <c>failure</c>, <c>pending</c> …</param>
public sealed record NumberOrdered(
    string Number, Instant OccurredAt, string OrderId, string OrderStatus, string? Status, string? Type,
    string? CountryCode, string? CustomerReference) : NumberFact(Number, OccurredAt);
