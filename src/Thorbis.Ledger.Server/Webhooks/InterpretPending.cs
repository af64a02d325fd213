namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Wakes the interpreter. Carries nothing: the backlog says what is to be done, so none can get
/// lost.</summary>
public sealed record InterpretPending;

public static class InterpretPendingHandler
{
    /// <returns>The same message again while more is pending than one turn should take.</returns>
    public static async Task<InterpretPending?> HandleAsync(
        InterpretPending message, Interpreter interpreter, WakeUps wakeUps, CancellationToken stop)
    {
        wakeUps.Remove();
        return await interpreter.DrainAsync(stop) ? message : null;
    }
}
