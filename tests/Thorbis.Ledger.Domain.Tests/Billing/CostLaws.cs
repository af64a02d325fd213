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

    [Fact]
    public void Pricing_again_by_the_same_deck_changes_nothing() =>
        Facts.Sample(facts =>
        {
            var fold = new CostFold(null);
            Bill.Lines(fold, facts, Tariff);
            return Reprice(fold, Tariff, Again(Tariff)).Count == 0;
        });

    [Fact]
    public void A_range_priced_again_costs_what_it_would_have_from_the_beginning_whenever_its_facts_come() =>
        Facts.SelectMany(facts => Gen.Int[0, facts.Length], (facts, count) => (facts, count)).Sample((facts, before) =>
        {
            var (fold, never) = (new CostFold(null), new CostFold(null));
            var lines = Bill.Lines(fold, facts.Take(before), Bill.Default);
            fold = new(fold.Account);
            lines.AddRange(Reprice(fold, Published, Again(Published)));
            lines.AddRange(facts.Skip(before).SelectMany((fact, i) =>
                fold.Take(new(After + 1 + i, Guid.Empty, fact), Again(Published))));

            Bill.Lines(never, facts, Dearer);
            var fromTheBeginning = Bill.Sums(never.Account?.Charges(Dearer, 99) ?? []);
            return Bill.Sums(lines.Select(l => l.Charge)) == fromTheBeginning;
        });

    [Fact]
    public void What_was_used_out_of_the_range_keeps_its_price() =>
        Facts.Sample(facts =>
        {
            var fold = new CostFold(null);
            Bill.Lines(fold, facts, Bill.Default);
            var early = Published with
            {
                Reratings = [new(After, Instant.MinValue, Calls.Script.At(0), null, null)],
            };
            return Reprice(fold, Published, early).Count == 0;
        });

    [Fact]
    public void What_was_not_sold_when_it_was_used_is_not_sold_by_a_re_rating_of_another_range()
    {
        var nothing = Bill.Version(1, "HalfEven/8", new RateRow(Service.Porting, RateUnit.Item, 1));
        var fold = new CostFold(null);
        Assert.Empty(Bill.Lines(fold, Calls.Script.Facts("in@0 answer@2 hangup@62"), Bill.Under((0, nothing))));
        var later = Bill.Under((0, nothing), (After - 1, DearVersion with { Version = 2 }));

        Assert.Empty(Reprice(fold, later, later, Calls.Script.At(0)));
        Assert.NotEmpty(Reprice(fold, later, Again(later)));
    }

    [Fact]
    public void A_range_can_be_priced_by_another_deck_and_by_a_version_that_is_not_in_force()
    {
        var other = new RateDeck("partner", [DefaultDeck.Version, DearVersion with { DeckId = "partner" }]);
        Tariff Under(RateDeck? deck, int? version) => Bill.Default with
        {
            Reratings = [new(After, Instant.MinValue, Instant.MaxValue, deck, version)],
        };
        var call = Calls.Script.Facts("in@0 answer@2 hangup@62").ToArray();

        string Repriced(Tariff tariff)
        {
            var fold = new CostFold(null);
            Bill.Lines(fold, call, Bill.Default);
            return Bill.Text(Reprice(fold, Bill.Default, tariff).Where(l => l.Charge.Source == CostSource.Deck));
        }

        Assert.Equal("adj d in 0/0 8.988", Repriced(Under(other, null)));
        Assert.Equal("", Repriced(Under(other, 0)));
    }

    private const long After = 50;

    private static readonly DeckVersion DearVersion = Bill.Version(
        1, "HalfEven/8",
        new RateRow(Service.CallIn, RateUnit.Minute, 9), new(Service.SmsOut, RateUnit.Part, 8));

    /// <summary>Published before the range is priced again, and after its facts were.</summary>
    private static readonly Tariff Published = Bill.Under((After - 1, DearVersion));

    private static readonly Tariff Dearer = Bill.Under((0, DearVersion));

    private static Tariff Again(Tariff tariff) => tariff with
    {
        Reratings = [new(After, Instant.MinValue, Instant.MaxValue, null, null)],
    };

    private static IReadOnlyList<CostLine> Reprice(
        CostFold fold, Tariff before, Tariff tariff, Instant? until = null) =>
        fold.Reprice(
            new(After, Guid.Empty, new RangeRerated(
                DefaultDeck.Id, default, Instant.MinValue, until ?? Instant.MaxValue, DefaultDeck.Id, null, "", "")),
            before, tariff);

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
