using Thorbis.Ledger.Domain.Calls;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Calls;

public sealed class WaitTests
{
    [Theory, Table("""
        call                                                                                              wait
        # Answered: from the start to the bridge,
        in@0 answer@2 speak@3 b:out@4 b:bridge@9.5 bridge@9.6 b:hangup@60 hangup@60                       9.5
        in@0 answer@2 bridge@12.25 hangup@60                                                              12.25
        # a plain single leg to its answer.
        in@0 answer@2 hangup@60                                                                           2
        # From the last menu key, of one digit or of several,
        in@0 answer@1 gather@5/1 b:out@6 b:bridge@15 b:hangup@60 hangup@60                                10
        in@0 answer@1 gather@5/1 gather@8/4711 b:out@9 b:bridge@15 b:hangup@60 hangup@60                  7
        in@0 answer@1 gather@8/2 gather@5/1 b:out@9 b:bridge@15 b:hangup@60 hangup@60                     7
        in@0 answer@1 gather@5 b:out@6 b:bridge@15 b:hangup@60 hangup@60                                  15
        in@0 answer@1 gather@15/1 b:out@6 b:bridge@15 b:hangup@60 hangup@60                               0
        # not one of a survey afterwards, nor one the agent pressed to accept, nor a tone outside of a gather.
        in@0 answer@1 gather@5/1 b:out@6 b:bridge@15 b:hangup@60 gather@62/9 hangup@65                    10
        in@0 answer@1 b:out@6 b:gather@8/1 b:bridge@15 b:hangup@60 hangup@60                              15
        in@0 answer@1 dtmf@5 b:out@6 b:bridge@15 b:hangup@60 hangup@60                                    15
        # A machine that was bridged takes nobody.
        in@0 b:out@4 b:bridge@9 b:amd@8/machine b:hangup@20 c:out@21 c:bridge@30 c:hangup@60 hangup@60    30
        # Transfers add nothing.
        in@0 b:out@3 b:bridge@10 b:hangup@30 c:out@31 c:bridge@40 c:hangup@90 hangup@80                   10
        # Clocks disagreed.
        in@3 answer@2 hangup@60                                                                           0
        # Between own numbers: of the incoming side.
        out@0/N>M answer@5 hangup@9 b:in@0.2/N>M b:answer@5 b:hangup@9                                    4.8
        # Abandoned: to the hang-up.
        in@0 hangup@17/caller                                                                             17
        in@0 answer@1 gather@5/1 enqueue@6 hangup@40/caller                                               35
        # No wait is defined for these.
        in@0 hangup@3/caller                                                                              -
        in@0 hangup@3/callee/call_rejected                                                                -
        in@0 hangup@30/callee/timeout                                                                     -
        in@0 answer@2 gather@3/1 hangup@60/callee                                                         -
        out@0 answer@5 hangup@60                                                                          -
        in@0 answer@2 bridge@9                                                                            -
        """)]
    public void A_caller_waits_from_the_last_menu_key_until_taken_or_gone(string call, decimal? wait) =>
        Assert.Equal(wait, Script.View(call).WaitMicroseconds / 1_000_000m);

    [Theory, Table("""
        call                                                                 wait
        in@0 answer@1 play@2 record@40/r1/9 hangup@39/caller                 2     # The greeting began.
        in@0 answer@1 speak@2 gather@6/2 play@7 record@40/r1/12 hangup@39    1     # From the key to it.
        in@0 answer@1 play@2 speak@5 record@40/r1/9 hangup@39                5     # The last before the message,
        in@0 answer@1 play@2 record@40/r1/9 speak@38 hangup@39               2     # not the farewell.
        in@0 answer@1 play@2 record@9/r0/1 speak@10 record@40/r1/14          10    # The last recording is it.
        in@0 answer@1 play@2 hangup@39                                       2
        in@0 answer@1 record@40/r1/9 hangup@39                               -     # Nothing tells of a greeting.
        """)]
    public void A_voicemail_waits_until_its_greeting(string call, decimal? wait)
    {
        var legs = Script.Fold(Script.Facts(call)).Legs;

        Assert.Equal(wait, WaitReading.Of(legs[0], legs, CallOutcome.Voicemail) / 1_000_000m);
    }

    [Theory, Table("""
        call                                                            queue
        in@0 enqueue@1 dequeue@9/8 hangup@60                            8
        in@0 enqueue@1 dequeue@9/8 enqueue@10 dequeue@20/9 hangup@60    17     # Every stay,
        in@0 enqueue@1 dequeue@9/8 dequeue@9/8 hangup@60                8      # told once or twice.
        in@0 enqueue@1 dequeue@9/0 hangup@60                            0
        in@0 enqueue@1 dequeue@9/-5 hangup@60                           -      # No queue lasts so long:
        in@0 enqueue@1 dequeue@9/9223372036854775807 hangup@60          -
        in@0 enqueue@1 hangup@60                                        -
        in@0 enqueue@1 dequeue@9/8                                      -      # Not ended.
        """)]
    public void Queue_time_is_what_the_carrier_told(string call, long? queue) =>
        Assert.Equal(queue, Script.View(call).QueueSeconds);

    [Theory, Table("""
        call                                                  keys
        in@0 gather@1/2 gather@2/1 gather@3/2 gather@4/#      #12
        in@0 gather@1/4711 gather@2                           .       # Several digits may be a secret.
        in@0 b:out@1 b:gather@2/1                             .       # The agent's.
        in@0 dtmf@1                                           .       # Not of a menu.
        """)]
    public void Menu_keys_are_those_the_caller_pressed_alone(string call, string keys) =>
        Assert.Equal(keys, Script.View(call).MenuKeys is { Length: > 0 } pressed ? pressed : ".");
}
