using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Rating;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Rating;

public sealed class RateDeckTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 10, 12, 0);

    private static readonly DeckVersion Prices = new(1, Now, "USD", Rounding.Default, [
        Row("+1", null, 0.01m), Row("+1202", null, 0.02m), Row("+12025550", null, 0.03m), Row(null, null, 0.5m),
        Row(null, "toll_free", 0.04m), Row("+44", null, 0.05m)]);

    [Theory, Table("""
        number         type       price
        +12025550100   -          0.03     # The longest prefix,
        +12025560100   -          0.02
        +13035550100   -          0.01
        +442079460000  -          0.05
        +4915112345    -          0.5      # else any number,
        -              -          0.5
        anonymous      -          0.5
        +4980012345    toll_free  0.04     # unless its type has a price,
        +18005550100   toll_free  0.01     # which comes after every prefix.
        +1             -          0.01
        +              -          0.5
        """)]
    public void The_longest_prefix_prices_a_number(string? number, string? type, decimal price) =>
        Assert.Equal(price, Prices.RowFor(Service.CallOut, RateUnit.Minute, number, type)?.Price);

    [Fact]
    public void What_has_no_row_has_no_price() =>
        Assert.Null(Prices.RowFor(Service.SmsOut, RateUnit.Part, "+12025550100"));

    [Theory, Table("""
        at                    version
        2008-01-01T00:00:00Z  0         # Before every deck: the one that all begin with.
        2026-03-10T12:00:00Z  0
        2026-04-01T00:00:00Z  1
        2026-04-30T23:59:59Z  1
        2026-05-01T00:00:00Z  3         # Active at the same instant: the later published.
        2026-06-01T00:00:00Z  4
        """)]
    public void The_version_in_force_is_the_one_last_active(string at, int version)
    {
        string[] actives = ["2026-04-01", "2026-05-01", "2026-05-01", "2026-06-01"];
        var deck = RateDeck.Begin("default");
        foreach (var active in actives)
        {
            var draft = Draft() with { ActiveFrom = InstantPattern.General.Parse($"{active}T00:00:00Z").Value };
            deck = RateDeck.Evolve(deck, Published(RateDeckDecider.Publish(deck, draft, "user", Now)));
        }

        Assert.Equal(version, deck.At(InstantPattern.General.Parse(at).Value).Version);
    }

    [Theory, Table("""
        service     unit    prefix  type       price        first  further  minimum  field
        CallOut     Minute  +1      -          0.01         60     60       0        -
        CallOut     Part    +1      -          0.01         60     60       0        unit
        NumberMonth  Month  -       local      1            60     60       0        -
        NumberMonth  Minute  -      local      1            60     60       0        unit
        CallOut     Minute  1       -          0.01         60     60       0        prefix
        CallOut     Minute  +0      -          0.01         60     60       0        prefix
        CallOut     Minute  +       -          0.01         60     60       0        prefix
        CallOut     Minute  +1234567890123456  -  0.01      60     60       0        prefix
        CallOut     Minute  +1      local      0.01         60     60       0        numberType
        CallOut     Minute  -       Toll-Free  0.01         60     60       0        numberType
        CallOut     Minute  +1      -          -0.01        60     60       0        price
        CallOut     Minute  +1      -          10000        60     60       0        price
        CallOut     Minute  +1      -          0.000000001  60     60       0        price
        CallOut     Minute  +1      -          0.01         0      60       0        firstIncrement
        CallOut     Minute  +1      -          0.01         60     0        0        increment
        CallOut     Minute  +1      -          0.01         60     3601     0        increment
        CallOut     Minute  +1      -          0.01         60     60       -1       minimum
        """)]
    public void A_row_that_cannot_be_meant_is_refused(
        Service service, RateUnit unit, string? prefix, string? type, decimal price, int first, int further,
        int minimum, string? field) => Assert.Equal(
        field, RateRowRules.Check(new(service, unit, price, prefix, type, first, further, minimum))?.Field);

    [Fact]
    public void Two_rows_for_the_same_numbers_are_refused_by_their_place()
    {
        var draft = Draft() with { Rows = [Row("+1", null, 0.01m), Row("+2", null, 0.01m), Row("+1", null, 0.02m)] };

        var refused = Assert.IsType<Refused<RateDeckFact>>(
            RateDeckDecider.Publish(RateDeck.Begin("default"), draft, "user", Now));

        Assert.Equal("rows[2].service", refused.Why.Field);
    }

    [Theory, Table("""
        currency  decimals  reason    active      field
        USD       8         prices    2026-04-01  -
        USD       8         prices    2009-01-01  -
        usd       8         prices    2026-04-01  currency
        USDX      8         prices    2026-04-01  currency
        USD       9         prices    2026-04-01  rounding
        USD       -1        prices    2026-04-01  rounding
        USD       8         .         2026-04-01  reason
        USD       8         prices    2008-12-31  activeFrom
        USD       8         prices    2037-01-01  activeFrom
        """)]
    public void A_version_needs_a_currency_places_a_reason_and_an_instant(
        string currency, int decimals, string reason, string active, string? field)
    {
        var draft = Draft() with
        {
            Currency = currency,
            Rounding = new(RoundingMode.HalfEven, decimals),
            Reason = reason.Replace(".", "", StringComparison.Ordinal),
            ActiveFrom = InstantPattern.General.Parse($"{active}T00:00:00Z").Value,
        };

        var decision = RateDeckDecider.Publish(RateDeck.Begin("default"), draft, "user", Now);

        Assert.Equal(field, (decision as Refused<RateDeckFact>)?.Why.Field);
    }

    private static DeckVersionPublished Published(Decision<RateDeckFact> decision) =>
        Assert.IsType<DeckVersionPublished>(Assert.Single(Assert.IsType<Accepted<RateDeckFact>>(decision).Facts));

    private static DeckDraft Draft() => new(Now, "USD", Rounding.Default, [Row(null, null, 0.01m)], "new prices");

    private static RateRow Row(string? prefix, string? type, decimal price) =>
        new(Service.CallOut, RateUnit.Minute, price, prefix, type);
}
