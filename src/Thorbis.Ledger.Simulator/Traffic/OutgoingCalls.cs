namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Calls by a company, and calls from one of its numbers to a number of ours.</summary>
internal static class OutgoingCalls
{
    public static void Connected(Scene scene)
    {
        var leg = Dial(scene);
        scene.Wait(3, 25);
        leg.Answered();
        if (scene.Random.Chance(0.3))
        {
            scene.Wait(0.5, 2);
            leg.MachineDetectionEnded("human");
        }
        scene.Wait(8, 600);
        leg.HungUp(source: scene.Random.Pick(["caller", "callee"]));
        leg.CostLater();
    }

    public static void Machine(Scene scene)
    {
        var leg = Dial(scene);
        scene.Wait(10, 28);
        leg.Answered();
        scene.Wait(1, 4);
        leg.MachineDetectionEnded("machine", premium: scene.Random.Chance(0.4));
        scene.Wait(2, 12);
        leg.MachineGreetingEnded(scene.Random.Pick(["beep_detected", "ended"]));
        scene.Wait(0.5, 20);
        leg.HungUp();
        leg.CostLater();
    }

    public static void Busy(Scene scene) => NotTaken(scene, 1, 4, "user_busy", "callee", "486");

    public static void Unanswered(Scene scene) => NotTaken(scene, 28, 60, "timeout", "caller", "487");

    public static void Failed(Scene scene) =>
        NotTaken(scene, 0.3, 3, scene.Random.Pick(["not_found", "unspecified", "call_rejected"]), "unknown", "404");

    /// <summary>From one of the company's numbers to another one: two legs of one session, one owner.</summary>
    public static void Internal(Scene scene)
    {
        var own = scene.Company.Numbers;
        var caller = scene.Random.Between(0, own.Count - 1);
        var callee = (caller + scene.Random.Between(1, Math.Max(1, own.Count - 1))) % own.Count;
        Between(scene, own[caller], own[callee]);
    }

    /// <summary>From one company to another one: each owns one leg. With one company, an internal call.</summary>
    public static void BetweenCompanies(Scene scene)
    {
        var other = scene.Random.Pick(scene.Companies);
        if (other == scene.Company)
        {
            Internal(scene);
            return;
        }
        Between(scene, scene.OwnNumber(), scene.Random.PickSkewed(other.Numbers));
    }

    private static void Between(Scene scene, string caller, string callee)
    {
        var leg = CallLeg.Outgoing(scene, caller, callee);
        var other = leg.Arrive();
        leg.Initiated();
        scene.Wait(0.2, 0.9);
        other.Initiated();
        scene.Wait(2, 15);
        other.Answered();
        scene.Wait(0.02, 0.2);
        leg.Answered();
        scene.Wait(10, 400);
        leg.HungUp();
        scene.Wait(0.02, 0.2);
        other.HungUp();
        other.CostLater();
        leg.Cost();
    }

    private static void NotTaken(
        Scene scene, double secondsMin, double secondsMax, string cause, string source, string sip)
    {
        var leg = Dial(scene);
        scene.Wait(secondsMin, secondsMax);
        leg.HungUp(cause, source, sip);
        leg.CostLater();
    }

    private static CallLeg Dial(Scene scene)
    {
        var leg = CallLeg.Outgoing(scene, scene.OwnNumber(), scene.Outsider());
        leg.Initiated();
        return leg;
    }
}
