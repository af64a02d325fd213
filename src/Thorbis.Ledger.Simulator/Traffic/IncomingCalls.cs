namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Calls to a company that somebody or something takes.</summary>
internal static class IncomingCalls
{
    internal static readonly string[] Colleagues =
        ["sip:desk1@agents.example", "sip:desk2@agents.example", "sip:desk3@agents.example", "sip:shop@agents.example"];

    /// <summary>Menu, one digit, forwarded to a colleague under the caller's number, answered.</summary>
    public static void Forwarded(Scene scene)
    {
        var caller = scene.Outsider();
        var leg = Arrive(scene, caller);
        Menu(scene, leg, scene.Random.Pick(["1", "2", "3"]), seconds: 6);
        var recorded = Connect(scene, leg, caller);
        End(scene, leg, recorded);
    }

    /// <summary>One leg, taken by a person on the line itself.</summary>
    public static void Direct(Scene scene)
    {
        var leg = Ring(scene, scene.Outsider());
        scene.Wait(2, 22);
        leg.Answered();
        scene.Wait(8, 600);
        if (scene.Random.Chance(0.08))
        {
            leg.Held();
            scene.Wait(5, 60);
            leg.Unheld();
            scene.Wait(2, 60);
        }
        leg.HungUp(source: scene.Random.Pick(["caller", "callee"]));
        leg.CostLater();
    }

    /// <summary>The menu tells what the caller wanted to know.</summary>
    public static void SelfServed(Scene scene)
    {
        var leg = Arrive(scene, scene.Outsider());
        Menu(scene, leg, "4", seconds: 8);
        leg.SpeakStarted();
        scene.Wait(6, 25);
        leg.SpeakEnded();
        scene.Wait(0.2, 2);
        leg.HungUp(source: "callee");
        leg.CostLater();
    }

    /// <summary>A greeting, and a message left after it.</summary>
    public static void Mailbox(Scene scene)
    {
        const string Greeting = "greeting.mp3";
        var leg = Arrive(scene, scene.Outsider());
        leg.PlaybackStarted(Greeting);
        scene.Wait(5, 9);
        leg.PlaybackEnded(Greeting);
        leg.Record();
        scene.Wait(3, 70);
        leg.HungUp();
        End(scene, leg, recorded: true);
    }

    /// <summary>Into a queue; out of it to a colleague, or gone before.</summary>
    public static void Queued(Scene scene)
    {
        var caller = scene.Outsider();
        var leg = Arrive(scene, caller);
        Menu(scene, leg, "5", seconds: 6);
        var (queue, since) = (scene.Random.Pick(["support", "orders"]), scene.Now);
        leg.Enqueued(queue, scene.Random.Between(1, 6));
        scene.Wait(4, 220);
        var connected = scene.Random.Chance(0.75);
        leg.Dequeued(queue, connected ? "bridged" : "hangup", since);
        if (connected)
        {
            End(scene, leg, Connect(scene, leg, caller));
            return;
        }
        leg.HungUp();
        leg.CostLater();
    }

    /// <summary>A call has come in and rings.</summary>
    internal static CallLeg Ring(Scene scene, string caller)
    {
        var leg = CallLeg.Incoming(scene, caller, scene.OwnNumber());
        leg.Initiated();
        return leg;
    }

    /// <summary>Rings and is answered by the program that runs menus and mailboxes.</summary>
    private static CallLeg Arrive(Scene scene, string caller)
    {
        var leg = Ring(scene, caller);
        scene.Wait(0.2, 1.2);
        leg.Answered();
        scene.Wait(0.05, 0.4);
        return leg;
    }

    private static void Menu(Scene scene, CallLeg leg, string digit, int seconds)
    {
        leg.SpeakStarted();
        scene.Wait(1, seconds);
        leg.DtmfReceived(digit);
        scene.Wait(0.01, 0.1);
        leg.SpeakEnded(scene.Random.Pick(["completed", "cancelled"]));
        leg.GatherEnded(digit, "valid");
        scene.Wait(0.05, 0.5);
    }

    /// <summary>Dials a colleague, bridges, talks; both hang up. True when it was recorded.</summary>
    private static bool Connect(Scene scene, CallLeg leg, string caller)
    {
        var colleague = leg.Dial(caller, scene.Random.Chance(0.5) ? scene.Random.Pick(Colleagues) : scene.Outsider());
        colleague.Initiated();
        scene.Wait(1.5, 18);
        colleague.Answered();
        scene.Wait(0.02, 0.2);
        colleague.Bridged();
        leg.Bridged();
        var recorded = scene.Random.Chance(0.2);
        if (recorded)
        {
            leg.Record();
        }
        scene.Wait(10, 700);
        colleague.HungUp(source: scene.Random.Pick(["caller", "callee"]));
        scene.Wait(0.02, 0.3);
        leg.HungUp(source: "unknown");
        scene.Wait(0.8, 3);
        colleague.Cost();
        return recorded;
    }

    private static void End(Scene scene, CallLeg leg, bool recorded)
    {
        if (recorded)
        {
            scene.Wait(0.8, 2);
            leg.RecordingSaved();
            scene.Wait(3, 20);
            leg.RecordingTranscribed(scene.Random.Pick(Phrases.Spoken));
        }
        leg.CostLater();
    }
}
