using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Usage;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Calls;

public sealed class CallLaws
{
    /// <summary>So few instants that most tellings collide and only their content can decide.</summary>
    private static readonly Gen<Instant> At = Gen.Int[0, 8].Select(seconds => Script.At(seconds));

    private static readonly Gen<(CallFact[] Facts, CallFact[] Told)> ToldTwiceInAnyOrder =
        CallTraffic.Call(At).SelectMany(
            facts => Gen.Shuffle(facts.Concat(facts).ToArray()), (facts, told) => (facts, told));

    [Fact]
    public void Any_order_and_repetition_of_facts_gives_the_same_call() =>
        ToldTwiceInAnyOrder.Sample((facts, told) => All(Script.Fold(facts)) == All(Script.Fold(told)));

    [Fact]
    public void A_call_that_was_stored_and_read_back_goes_on_as_if_it_had_not_been() =>
        ToldTwiceInAnyOrder.Sample((_, told) =>
            All(Script.Fold(told)) == All(told.Aggregate((Call?)null, (call, fact) =>
                LedgerJson.Reload(Call.Evolve(call, fact)))!));

    [Fact]
    public void An_ended_call_counts_once_by_outcome() =>
        CallTraffic.Call(At).Sample(facts =>
        {
            var view = Script.Fold(facts).ToView("call");
            var counted = Contribution.Of(view);
            return counted is null
                ? view.Direction is null
                : Outcomes(counted) == (view.EndedAt is null ? 0 : 1)
                    && Outcomes(counted) == counted[Figure.CallsEnded];
        });

    private static long Outcomes(Contribution counted)
    {
        var sum = 0L;
        for (var figure = Figure.Answered; figure <= Figure.Failed; figure++)
        {
            sum += counted[figure];
        }
        return sum;
    }

    private static string All(Call call)
    {
        var view = call.ToView("call");
        return LedgerJson.Write(call) + LedgerJson.Write(view) + LedgerJson.Write(Contribution.Of(view));
    }
}
