using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Usage;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Messages;

public sealed class MessageLaws
{
    /// <summary>So few instants that most tellings collide and only their content can decide.</summary>
    private static readonly Gen<Instant> At = Gen.Int[0, 3].Select(
        second => Script.Start + Duration.FromSeconds(second));

    private static readonly Gen<(MessageFact[] Facts, MessageFact[] Told)> ToldTwiceInAnyOrder =
        MessageTraffic.Message(At).SelectMany(
            facts => Gen.Shuffle(facts.Concat(facts).ToArray()), (facts, told) => (facts, told));

    [Fact]
    public void Any_order_and_repetition_of_facts_gives_the_same_message() =>
        ToldTwiceInAnyOrder.Sample((facts, told) => All(Script.Fold(facts)) == All(Script.Fold(told)));

    [Fact]
    public void A_message_that_was_stored_and_read_back_goes_on_as_if_it_had_not_been() =>
        ToldTwiceInAnyOrder.Sample((_, told) =>
            All(Script.Fold(told)) == All(told.Aggregate((Message?)null, (message, fact) =>
                LedgerJson.Reload(Message.Evolve(message, fact)))!));

    private static string All(Message message)
    {
        var view = message.ToView("message");
        return LedgerJson.Write(message) + LedgerJson.Write(view) + LedgerJson.Write(Contribution.Of(view));
    }
}
