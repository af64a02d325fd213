using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Calls;

public sealed class SecondsTests
{
    [Theory, Table("""
        call                                                                             talk
        # A single leg: from the answer,
        in@0 answer@2 hangup@60                                                          58
        in@0 answer@2 gather@3/1 hangup@60/callee                                        58     # whoever took it.
        in@0 answer@2 bridge@12.25 hangup@60                                             47.75  # Bridged: from there.
        # To the end of the call.
        in@0 answer@2 b:out@3 b:answer@9 b:bridge@10 b:hangup@60 hangup@61               51
        in@0 bridge@11 b:out@3 b:bridge@10 b:hangup@60 hangup@61                         51     # From the first bridge.
        # Once, transfers included.
        in@0 b:out@3 b:bridge@10 b:hangup@30 c:out@31 c:bridge@40 c:hangup@90 hangup@80  80
        # Several legs, never bridged.
        in@0 answer@2 b:out@3 b:hangup@30 hangup@60                                      0
        in@0 answer@2 join@20 hangup@60                                                  40
        # One line with two ends.
        out@0/N>M answer@5 hangup@9 b:in@0.2/N>M b:answer@5 b:hangup@9                   4
        out@0/N>M answer@5 bridge@6 hangup@9 b:in@0.2/N>M b:answer@5 b:hangup@9          4
        in@0 hangup@60                                                                   0
        in@0 answer@2                                                                    0      # Not ended.
        in@0 answer@2 hangup@1                                                           0      # Clocks disagreed.
        """)]
    public void Talk_runs_from_the_bridge_to_the_end_once_per_call(string call, decimal talk) =>
        Assert.Equal(talk, Script.View(call).TalkMicroseconds / 1_000_000m);

    [Theory, Table("""
        call                                                          ring
        in@0 answer@2.5 hangup@60                                     2.5
        in@0 answer@2.5                                               2.5   # Known before the end.
        in@0 hangup@17                                                17
        in@0                                                          0
        in@0 b:out@3 b:answer@9 b:hangup@30 hangup@29                 30    # Another leg's answer is not the caller's.
        in@3 answer@2 hangup@60                                       0
        answer@2 hangup@60                                            0
        out@0/N>M answer@5 hangup@9 b:in@1/N>M b:answer@5 b:hangup@9  4     # Of the incoming side.
        """)]
    public void Ring_runs_from_the_start_to_the_answer_or_the_end(string call, decimal ring) =>
        Assert.Equal(ring, Script.View(call).RingMicroseconds / 1_000_000m);

    [Theory, Table("""
        call                                                          billable  flagged  carrier
        in@0 answer@2 hangup@62                                       60        false    -
        # A started second is one.
        in@0 answer@2 hangup@62.000001                                61        false    -
        in@0 answer@2 hangup@2                                        0         false    -
        in@0 hangup@62                                                0         false    -
        # 61 and 54: each leg by itself.
        in@0 answer@2 hangup@62.5 b:out@3 b:answer@9 b:hangup@62.5    115       false    -
        # Both ends are billed.
        out@0/N>M answer@5 hangup@9 b:in@1/N>M b:answer@5 b:hangup@9  8         false    -
        # The carrier's figure is apart.
        in@0 answer@2 hangup@62 cost@63/0.01/120                      60        false    120
        # Billed without an answer.
        in@0 hangup@62 cost@63/0.01/60                                60        true     60
        in@0 hangup@62 cost@63/0.01                                   0         true     -
        # Free, so nothing is amiss.
        in@0 hangup@62 cost@63/0.0000/0                               0         false    0
        in@0 answer@2                                                 0         false    -
        in@0 answer@2 hangup@62 b:out@3 b:answer@9                    0         false    -        # Not ended.
        in@0 hangup@62 cost@63/0.01/-1                                0         true     -        # No call's seconds.
        """)]
    public void Billable_seconds_are_each_answered_legs_own(string call, long billable, bool flagged, long? carrier)
    {
        var view = Script.View(call);

        Assert.Equal(
            (billable, flagged, carrier), (view.BillableSeconds, view.BilledUnanswered, view.CarrierBilledSeconds));
    }

    [Theory, Table("""
        call                                         ended  last
        in@0 answer@2 hangup@62 record@64            62     64
        in@0 answer@2 hangup@62 b:out@3 b:hangup@30  62     62
        in@0 answer@2 hangup@62 b:out@3              -      3     # Of the leg that is open.
        in@0 answer@2 cost@63/0.01/40                42     63    # Only the cost tells of the end:
        in@0 answer@2 cost@63/0.01/120               63     63    # not later than the report,
        in@0 cost@63/0.01/40                         63     63    # nor counted from nowhere.
        in@0 answer@2 cost@63                        63     63
        in@0 answer@2 cost@63/0.01/40 hangup@62      62     63    # A late hang-up mends it.
        in@0 answer@2 hangup@62 hangup@70            62     70    # The first of two.
        """)]
    public void A_call_ends_when_its_last_leg_does(string call, decimal? ended, decimal last)
    {
        var view = Script.View(call);

        Assert.Equal(ended is { } at ? Script.At(at) : null, view.EndedAt);
        Assert.Equal(Script.At(last), view.LastFactAt);
    }

    [Theory, Table("""
        call                                 hours   phase
        in@0 answer@0                        0       InProgress
        in@0 answer@0                        3.9999  InProgress
        in@0 answer@0                        4       EndUnknown
        in@0 answer@3600                     4       InProgress
        in@0 answer@0 b:out@0 b:hangup@3600  4       EndUnknown  # The ended leg keeps nothing alive.
        in@0 hangup@1                        9       Ended
        in@0 answer@0                        -1      InProgress  # The carrier's clock is ahead.
        """)]
    public void A_call_without_an_end_is_in_progress_for_four_hours(string call, double hours, CallPhase phase) =>
        Assert.Equal(phase, Script.View(call).PhaseAt(Script.Start + Duration.FromHours(hours)));
}
