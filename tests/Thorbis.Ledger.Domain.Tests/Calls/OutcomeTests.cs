using Thorbis.Ledger.Domain.Calls;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Calls;

public sealed class OutcomeTests
{
    [Theory, Table("""
        call                                                                                            outcome
        # We refused it, or screening did, which a mere flag does not.
        in@0 hangup@3/callee/call_rejected                                                              Blocked
        in@0//REJECTED hangup@3/caller/originator_cancel                                                Blocked
        in@0//blocked hangup@3                                                                          Blocked
        in@0//flagged_spam hangup@9/caller                                                              Abandoned
        # What was answered was not refused.
        in@0 answer@1 hangup@3/callee/call_rejected                                                     Answered
        # A phone, not a machine.
        in@0 answer@2 hangup@60/caller                                                                  Answered
        # A key is no machine either.
        in@0 answer@2 dtmf@9 hangup@60/callee                                                           Answered
        in@0 answer@2 speak@3 hangup@60/caller                                                          Abandoned
        in@0 answer@2 play@3 hangup@60/caller                                                           Abandoned
        in@0 answer@2 gather@3 hangup@60/caller                                                         Abandoned
        in@0 answer@2 ai@3 hangup@60/caller                                                             Abandoned
        in@0 answer@2 enqueue@3 hangup@60/caller                                                        Abandoned
        in@0 answer@2 dequeue@3 hangup@60/caller                                                        Abandoned
        in@0 answer@2 recordfail@59 hangup@60/caller                                                    Abandoned
        in@0 answer@2 transcribe@59 hangup@60/caller                                                    Abandoned
        # Only recorded: a mailbox.
        in@0 answer@2 record@59 hangup@60/caller                                                        Abandoned
        # A conference is people.
        in@0 answer@2 join@3 speak@3 hangup@60/caller                                                   Answered
        in@0 answer@2 speak@3 b:out@4 b:bridge@9 b:hangup@60 hangup@60/caller                           Answered
        in@0 answer@2 b:out@4 b:bridge@9 b:amd@8/machine b:hangup@60 hangup@60/caller                   Abandoned
        in@0 answer@2 b:out@4 b:bridge@9 b:amd@8/fax_detected b:hangup@60 hangup@60                     Unanswered
        in@0 answer@2 b:out@4 b:bridge@9 b:amd@8/not_sure b:hangup@60 hangup@60                         Answered
        in@0 bridge@9 b:out@4 b:bridge@9 b:amd@8/machine b:hangup@60 hangup@60                          Unanswered
        in@0 b:out@4 b:bridge@9 b:amd@8/machine b:hangup@20 c:out@21 c:bridge@30 c:hangup@60 hangup@60  Answered
        # The other leg is not ours.
        in@0 answer@2 speak@3 bridge@9 hangup@60/caller                                                 Answered
        # The agent never came.
        in@0 answer@2 b:out@4 b:hangup@30 hangup@60/caller                                              Abandoned
        in@0 answer@2 gather@3/1 hangup@60/callee                                                       SelfServed
        in@0 answer@2 ai@3 hangup@60/callee                                                             SelfServed
        # A menu without a key served nobody, nor one that led to a queue or to a phone.
        in@0 answer@2 gather@3 hangup@60/callee                                                         Unanswered
        in@0 answer@2 gather@3/1 enqueue@9 hangup@60/callee                                             Unanswered
        in@0 answer@2 gather@3/1 b:out@9 b:hangup@30 hangup@60/callee                                   Unanswered
        in@0 hangup@5/caller                                                                            Short
        in@0 hangup@5.000001/caller                                                                     Abandoned
        in@0 hangup@5/unknown/originator_cancel                                                         Short
        in@0 hangup@6/unknown/originator_cancel                                                         Abandoned
        in@0 hangup@30/unknown/timeout                                                                  Unanswered
        in@0 hangup@30/callee/normal_clearing                                                           Unanswered
        in@0 hangup@30                                                                                  Unanswered
        # Not ended.
        in@0 answer@2                                                                                   -
        # A leg has not ended.
        in@0 answer@2 b:out@4 hangup@60/caller                                                          -
        # Neither in nor out yet.
        answer@2 hangup@60/caller                                                                       -
        """)]
    public void An_incoming_call_has_the_first_outcome_that_applies(string call, CallOutcome? outcome) =>
        Assert.Equal(outcome, Script.View(call).Outcome);

    [Theory, Table("""
        call                                                   outcome
        out@0 answer@5 hangup@60                               Connected
        out@0 answer@5 speak@6 hangup@60                       Connected
        out@0 answer@5 amd@6/machine hangup@60                 Machine
        out@0 answer@5 amd@6/fax_detected hangup@60            Machine
        out@0 answer@5 amd@6/human_business hangup@60          Connected
        out@0 answer@5 amd@6/silence hangup@60                 Connected
        out@0 answer@5 amd@6/not_sure amd@7/machine hangup@60  Machine     # The latest word counts.
        out@0 amd@6/machine hangup@60                          Unanswered  # Nothing took it, so no machine did.
        out@0 hangup@9/callee/user_busy                        Busy
        out@0 hangup@9/callee/user_busy/503                    Busy        # A telling cause wins over the code.
        out@0 hangup@9/callee/normal_clearing/486              Busy
        out@0 hangup@9/callee/call_rejected/600                Busy
        out@0 hangup@9/callee/no_answer/480                    Unanswered
        out@0 hangup@9/callee/timeout/503                      Unanswered
        out@0 hangup@9/caller/originator_cancel/487            Unanswered
        out@0 hangup@9/callee/call_rejected/603                Unanswered
        out@0 hangup@9/callee/normal_clearing/unspecified      Unanswered
        out@0 hangup@9/callee/normal_clearing/200              Unanswered
        out@0 hangup@9                                         Unanswered
        out@0 hangup@9/callee/normal_clearing/408              Unanswered
        out@0 hangup@9/callee/normal_clearing/503              Failed      # Seen on the wire.
        out@0 hangup@9/callee/call_rejected/403                Failed
        out@0 hangup@9///404                                   Failed
        out@0 hangup@9///484                                   Failed
        out@0 hangup@9/callee/not_found/404                    Failed
        out@0 hangup@9/callee/unspecified/200                  Failed
        out@0 hangup@9/callee/time_limit                       Failed
        out@0 hangup@9/callee/a_word_of_tomorrow               Failed
        out@0 answer@5                                         -
        """)]
    public void An_outgoing_call_has_the_outcome_of_its_first_leg(string call, CallOutcome? outcome) =>
        Assert.Equal(outcome, Script.View(call).Outcome);

    [Theory, Table("""
        internal  outcome     call
        true      Answered    out@0/N>M answer@5 hangup@9 b:in@0.2/N>M b:answer@5 b:hangup@9
        true      Answered    out@1/N>M answer@5 hangup@9 b:in@0.2/N>M b:answer@5 b:hangup@9
        true      Abandoned   out@0/N>M answer@5 hangup@9 b:in@0.2/N>M b:answer@5 b:speak@6 b:hangup@9/caller
        true      Short       out@0/N>M answer@5 hangup@9 b:in@0.2/N>M b:answer@5 b:speak@6 b:hangup@5.2/caller
        false     Unanswered  in@0/X>N b:out@1/N>M b:in@1/N>M hangup@9 b:hangup@9
        false     Unanswered  in@0/X>N answer@1 hangup@9 b:out@2/X>N b:hangup@9
        """)]
    public void A_call_between_own_numbers_is_one_incoming_call(bool @internal, CallOutcome outcome, string call)
    {
        var view = Script.View(call);

        Assert.Equal((@internal, outcome), (view.Internal, view.Outcome!.Value));
        Assert.Equal(CallDirection.Incoming, view.Direction);
        Assert.Equal(Script.Number(@internal ? 'M' : 'N'), view.Number);
    }
}
