using NodaTime;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>One change of a company's configuration, and who made it when.</summary>
/// <param name="Role">Whose: the company has one member of each.</param>
/// <param name="Path">Below <c>/api/v1</c>.</param>
/// <param name="Body">Null for a request that has its reason in the address.</param>
/// <param name="Reason">No other step of the company has it: it tells whether the step was done.</param>
/// <param name="Edits">What was read before, with the version that is edited; null where none is named.</param>
internal sealed record DemoStep(
    Instant At, string Role, HttpMethod Method, string Path, object? Body, string Reason, string? Edits = null);
