namespace Thorbis.Ledger.Domain;

/// <summary>An amount with the currency it is in; never rounded before a statement.</summary>
/// <param name="Amount">Every digit the sender gave; may be negative (a credit).</param>
/// <param name="Currency">ISO 4217 code, upper case; empty when the sender gave none.</param>
public sealed record Money(decimal Amount, string Currency);
