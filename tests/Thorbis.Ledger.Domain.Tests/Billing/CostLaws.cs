using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Thorbis.Ledger.Domain.Tests.Calls;
using Thorbis.Ledger.Domain.Tests.Messages;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Billing;

public sealed class CostLaws
{
    private static readonly Gen<Instant> At = Gen.Int[0, 8].Select(seconds => Calls.Script.At(seconds));

    private static readonly Gen<Fact[]> Facts = Gen.OneOf(
        CallTraffic.Call(At).Select(facts => facts.Cast<Fact>().ToArray()),
        MessageTraffic.Message(At).Select(facts => facts.Cast<Fact>().ToArray()));

    private static readonly Gen<(Fact[] Facts, Fact[] Told)> ToldTwiceInAnyOrder = Facts.SelectMany(
        facts => Gen.Shuffle(facts.Concat(facts).ToArray()), (facts, told) => (facts, told));

    private static readonly Tariff Tariff = Bill.Under((0, Bill.Version(
        1, "HalfEven/8",
        [
            .. DefaultDeck.Version.Rows, new(Service.Recording, RateUnit.Item, 0.02m),
            new(Service.ClientLeg, RateUnit.Minute, 0.002m),
        ])));

    [Fact]
    public void Lines_add_up_to_what_everything_costs_now() =>
        Facts.Sample(facts =>
        {
            var fold = new CostFold(null);
            var lines = Bill.Lines(fold, facts, Tariff);
            return Bill.Sums(lines.Select(l => l.Charge)) == Bill.Sums(fold.Account?.Charges(Tariff, 99) ?? []);
        });

    [Fact]
    public void Any_order_and_repetition_of_facts_gives_the_same_sums() =>
        ToldTwiceInAnyOrder.Sample((facts, told) =>
            Bill.Sums(Bill.Lines(facts, Tariff).Select(l => l.Charge))
                == Bill.Sums(Bill.Lines(told, Tariff).Select(l => l.Charge)));

    [Fact]
    public void An_account_that_was_stored_and_read_back_goes_on_as_if_it_had_not_been() =>
        ToldTwiceInAnyOrder.Sample((_, told) =>
            Bill.Text(Bill.Lines(told, Tariff)) == Bill.Text(told.SelectMany(ReloadedAfterEach())));

    [Fact]
    public void A_deck_that_becomes_known_later_re_rates_nothing_by_itself() =>
        Facts.Sample(facts =>
        {
            var dearer = Bill.Under((
                facts.Length + 1,
                Bill.Version(1, "HalfEven/8", new RateRow(Service.CallIn, RateUnit.Minute, 9))));
            var fold = new CostFold(null);
            Bill.Lines(fold, facts, Bill.Default);
            return fold.Account is not { PricedAt: > 0 } priced
                || Bill.Sums(priced.Charges(Bill.Default, 99)) == Bill.Sums(priced.Charges(dearer, 99));
        });

    private static Func<Fact, int, IEnumerable<CostLine>> ReloadedAfterEach()
    {
        CostAccount? account = null;
        return (fact, i) =>
        {
            var fold = new CostFold(account);
            var lines = fold.Take(new(i + 1, new(i + 1, 0, 0, new byte[8]), fact), Tariff);
            account = fold.Account switch
            {
                CallAccount call => LedgerJson.Reload(call),
                Domain.Billing.MessageAccount message => LedgerJson.Reload(message),
                var none => none,
            };
            return lines;
        };
    }
}
