using CsCheck;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Tests.Calls;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>Decisions against what happened. Ann's phone is Y, Bob's is M, Cat's was never said; the queue is named
/// support. What happened is a script of <see cref="Script"/>,
/// the caller's leg begun.</summary>
public sealed class ConformityTests
{
    private static readonly RoutingConfiguration Configuration = Desk.Configuration(
        new RuleBook([], [Desk.Line with { Id = "q", Name = "Support" }], [], null)) with
    {
        Team = new Dictionary<string, TeamTerms>
        {
            ["ann"] = new(null, 1, [Script.Number('Y')]),
            ["bob"] = new(null, 1, [Script.Number('M')]),
            ["cat"] = new(null, 1),
        },
    };

    [Theory, Table("""
        to       then  verdict     cause              shows
        ann      -     Agrees      -                  b:out@3 b:bridge@9 hangup@60 b:hangup@60
        # Rang, and the caller left.
        ann      -     Agrees      -                  b:out@3 hangup@20/caller b:hangup@20
        ann      -     Differs     AnsweredElsewhere  b:out@3/X>M b:bridge@9 hangup@60 b:hangup@60
        ann      -     Differs     RangElsewhere      b:out@3/X>M hangup@20/caller b:hangup@20
        ann      -     Differs     AnsweredElsewhere  b:out@3 b:hangup@5 c:out@5/X>M c:bridge@6 c:hangup@9 hangup@9
        # It went on as the route says.
        ann      bob   Agrees      -                  b:out@3 b:hangup@5 c:out@5/X>M c:bridge@6 c:hangup@9 hangup@9
        ann      menu  CannotTell  KeysUnknown        b:out@3 b:hangup@5 c:out@5/X>M c:bridge@6 c:hangup@9 hangup@9
        # Ann put the caller through.
        ann      -     Agrees      -                  b:out@3 b:bridge@4 c:out@5/X>M b:hangup@8 c:hangup@9 hangup@9
        # A machine of hers took it.
        ann      -     Agrees      -                  b:out@3 b:bridge@9 b:amd@9/machine hangup@60 b:hangup@60
        # On a phone that no leg names.
        ann      -     CannotTell  NotRecorded        answer@3 hangup@60
        ann      -     CannotTell  NotRecorded        hangup@20/callee/timeout
        ann      -     CannotTell  CallerLeft         hangup@2/caller/originator_cancel
        ann      -     Differs     EndedOtherwise     answer@1 speak@1 record@30/r/5 hangup@30
        ann      -     Differs     EndedOtherwise     hangup@1/callee/user_busy
        ann      -     CannotTell  NotEnded           b:out@3 b:bridge@9 hangup@60
        ann      -     CannotTell  NotEnded           b:out@3
        cat      -     CannotTell  PhonesUnknown      b:out@3 b:bridge@9 hangup@60 b:hangup@60
        ann+bob  -     Agrees      -                  b:out@3 c:out@3/X>M c:bridge@6 b:hangup@6 c:hangup@9 hangup@9
        # Bob's phone did not ring.
        ann+bob  -     Differs     AnsweredElsewhere  b:out@3 b:bridge@9 hangup@60 b:hangup@60
        ann+cat  -     CannotTell  PhonesUnknown      b:out@3 c:out@3/X>M c:bridge@6 b:hangup@6 c:hangup@9 hangup@9
        # One leg cannot be both.
        ann+cat  -     Differs     RangElsewhere      b:out@3 b:bridge@9 hangup@60 b:hangup@60
        number   -     Agrees      -                  b:out@3 b:bridge@9 hangup@60 b:hangup@60
        number   -     Differs     AnsweredElsewhere  answer@3 hangup@60
        number   -     Differs     EndedOtherwise     hangup@20/callee/timeout
        queue    -     Agrees      -                  enqueue@2 dequeue@3 b:out@4 b:bridge@5 hangup@9 b:hangup@9
        # Gave up waiting.
        queue    -     Agrees      -                  answer@1 enqueue@2 dequeue@9 hangup@9/caller
        # Which queue was not told.
        queue    -     CannotTell  NotRecorded        answer@1 enqueue@2 hangup@9/caller
        queue    -     Differs     AnsweredElsewhere  enqueue@2 dequeue@3 b:out@4/N>X b:bridge@5 hangup@9 b:hangup@9
        queue    -     Differs     AnsweredElsewhere  answer@1 hangup@60
        # Her turn, maybe without a queue of the carrier's.
        queue    -     CannotTell  NotRecorded        b:out@3 b:bridge@9 hangup@60 b:hangup@60
        other    -     Differs     EndedOtherwise     answer@1 enqueue@2 dequeue@9 hangup@9/caller
        """)]
    public void Who_is_rung_is_seen_by_the_legs(
        string to, string? then, Verdict verdict, ConformityCause? cause, string shows) =>
        Check(to, then, verdict, cause, shows);

    [Theory, Table("""
        to       then  verdict     cause              shows
        menu     -     Agrees      -                  answer@1 speak@1 hangup@9/caller
        # Silence leads to the box.
        menu     -     Agrees      -                  answer@1 speak@1 record@30/r/12 hangup@30
        menu     -     CannotTell  KeysUnknown        answer@1 speak@1 b:out@9 b:bridge@12 hangup@60 b:hangup@60
        menu     -     Differs     AnsweredElsewhere  answer@1 hangup@60
        menu     -     Differs     EndedOtherwise     hangup@20/callee/timeout
        box      -     Agrees      -                  answer@1 speak@1 record@30/r/5 hangup@30
        # Which greeting it was cannot be seen.
        box      -     CannotTell  NotRecorded        answer@1 speak@1 hangup@4/caller
        box      -     CannotTell  NotRecorded        answer@1 record@30/r/1 hangup@30
        box      -     Differs     EndedOtherwise     hangup@20/callee/timeout
        box      -     Differs     AnsweredElsewhere  b:out@3 b:bridge@9 hangup@60 b:hangup@60
        box      -     Differs     RangElsewhere      b:out@3 b:hangup@9 answer@9 speak@9 record@30/r/12 hangup@30
        says     -     Agrees      -                  answer@1 play@1 hangup@5/callee
        says     -     Differs     EndedOtherwise     answer@1 play@1 record@30/r/5 hangup@30
        reject   -     Agrees      -                  hangup@1/callee/call_rejected
        reject   -     Agrees      -                  in@0//blocked hangup@1/callee/normal_clearing
        reject   -     Differs     EndedOtherwise     hangup@1/callee/user_busy
        reject   -     Differs     AnsweredElsewhere  answer@1 hangup@9
        busy     -     Agrees      -                  hangup@1/callee/user_busy
        busy     -     Agrees      -                  hangup@1/callee/normal_clearing/486
        busy     -     Differs     EndedOtherwise     hangup@20/callee/timeout
        hangup   -     Agrees      -                  hangup@20/callee/normal_clearing
        hangup   -     Differs     EndedOtherwise     answer@1 speak@1 hangup@5/callee
        """)]
    public void What_the_caller_heard_is_seen_by_the_callers_leg(
        string to, string? then, Verdict verdict, ConformityCause? cause, string shows) =>
        Check(to, then, verdict, cause, shows);

    /// <summary>Each with what it may be as well.</summary>
    [Theory, Table("""
        main  other  shows                                     verdict
        ann   bob    b:out@3 b:bridge@9 hangup@60 b:hangup@60  CannotTell  # It went where it may have gone.
        ann   ann    b:out@3 b:bridge@9 hangup@60 b:hangup@60  Agrees
        bob   box    b:out@3 b:bridge@9 hangup@60 b:hangup@60  Differs     # Nowhere where it may have gone.
        """)]
    public void What_is_not_known_counts_where_it_matters(string main, string other, string shows, Verdict verdict)
    {
        Route To(string name) => new(null, [Destination(name)], RingSettings.Default, null, null, null);
        var unknown = new Unknown(UnknownFact.Availability, "ann", null);

        var found = Conformity.Of(
            new(To(main), [new([unknown], To(other), true)], []), What(shows), Configuration);

        Assert.Equal(verdict, found.Verdict);
        Assert.Equal(verdict == Verdict.CannotTell ? [unknown] : [], found.Because ?? []);
    }

    /// <summary>What is said of a call partly known holds for the call as it was.</summary>
    [Fact]
    public void What_is_said_to_agree_or_differ_does() =>
        Gen.Select(AnyRouting.Configuration, AnyRouting.Remembered, AnyRouting.Happening).Sample(
            (configuration, call, what) =>
        {
            configuration = configuration with
            {
                Team = configuration.Team.ToDictionary(member => member.Key, member => member.Key == "cat"
                    ? member.Value : member.Value with { Phones = [$"sip:{member.Key}"] }),
            };
            var router = Router.Compile(configuration);
            var partly = Conformity.Of(router.Decide(call.Partly), what, configuration).Verdict;
            var known = Conformity.Of(router.Decide(call.Known), what, configuration).Verdict;
            return partly == Verdict.CannotTell || partly == known;
        }, iter: 10_000);

    private static void Check(string to, string? then, Verdict verdict, ConformityCause? cause, string shows)
    {
        var route = new Route(
            null, [.. to.Split('+').Select(Destination)], RingSettings.Default,
            then is null ? null : Destination(then), null, to == "menu" ? "top" : null);

        var found = Conformity.Of(new(route, [], []), What(shows), Configuration);

        Assert.Equal((verdict, cause), (found.Verdict, found.Cause));
    }

    private static Happening What(string script) => RecordedCall.Of(Script.Fold(Script.Facts(
        script.StartsWith("in@0", StringComparison.Ordinal) ? script : $"in@0 {script}")))!.What;

    private static Destination Destination(string name) => name switch
    {
        "number" => new ToNumber(Script.Number('Y')),
        "queue" => new ToQueue("q"),
        "other" => new ToQueue("other"),
        "menu" => new ToMenu("main"),
        "box" => Desk.Box,
        "says" => new ToAnnouncement(Desk.Say("Closed.")),
        "reject" => new ToReject(),
        "busy" => new ToBusy(),
        "hangup" => new ToHangUp(),
        _ => new ToMember(name),
    };
}
