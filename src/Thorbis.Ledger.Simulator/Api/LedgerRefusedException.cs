namespace Thorbis.Ledger.Simulator.Api;

/// <summary>The ledger did not do what was asked of its API; the message says what and why.</summary>
public sealed class LedgerRefusedException(string message) : Exception(message);
