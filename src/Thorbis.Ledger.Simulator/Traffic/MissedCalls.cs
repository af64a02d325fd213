namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Calls to a company that nobody takes.</summary>
internal static class MissedCalls
{
    /// <summary>The caller gives up while it rings.</summary>
    public static void Abandoned(Scene scene) =>
        Ends(scene, scene.Outsider(), 6, 55, "originator_cancel", "caller", "487");

    /// <summary>The caller is gone within five seconds.</summary>
    public static void Short(Scene scene) =>
        Ends(scene, scene.Outsider(), 0.6, 4.8, "originator_cancel", "caller", "487");

    /// <summary>Nobody took it in time.</summary>
    public static void Unanswered(Scene scene) =>
        Ends(scene, scene.Outsider(), 30, 60, "timeout", "callee", "480");

    public static void Rejected(Scene scene) => Ends(
        scene, scene.Random.Chance(0.3) ? "anonymous" : scene.Outsider(), 0.2, 1.5, "call_rejected", "callee", "603");

    private static void Ends(
        Scene scene, string caller, double secondsMin, double secondsMax, string cause, string source, string sip)
    {
        var leg = IncomingCalls.Ring(scene, caller);
        scene.Wait(secondsMin, secondsMax);
        leg.HungUp(cause, source, sip);
        leg.CostLater();
    }
}
