using NodaTime;
using Thorbis.Ledger.Domain.Numbers;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Numbers;

public sealed class NumberDeciderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly NumberHolding Held = new("+12025550133", Instant.FromUtc(2026, 1, 1, 0, 0), null);

    [Fact]
    public void A_claim_is_recorded_with_its_dates_and_who_made_it() =>
        Assert.Equal(
            [new NumberClaimed("+12025550133", Now, Held.From, null, "user:ana")],
            Assert.IsType<Accepted<NumberFact>>(Claim(Held)).Facts);

    [Fact]
    public void The_same_claim_again_records_nothing() =>
        Assert.Empty(Assert.IsType<Accepted<NumberFact>>(Claim(Held, Held)).Facts);

    [Fact]
    public void A_claim_with_other_dates_is_another_claim() =>
        Assert.Single(Assert.IsType<Accepted<NumberFact>>(Claim(Held with { Until = Now }, Held)).Facts);

    [Theory]
    [InlineData("2025550133")]
    [InlineData("+0025550133")]
    [InlineData("+1234")]
    [InlineData("+1234567890123456")]
    [InlineData("anonymous")]
    public void Only_E164_is_a_number(string number) => Assert.Equal("number", Refused(Held with { Number = number }));

    [Fact]
    public void A_holding_begins_in_2009_or_later()
    {
        Assert.Equal("from", Refused(Held with { From = NumberDecider.Earliest - Duration.Epsilon }));
        Assert.IsType<Accepted<NumberFact>>(Claim(Held with { From = NumberDecider.Earliest }));
    }

    [Fact]
    public void A_holding_lasts_some_time()
    {
        Assert.Equal("until", Refused(Held with { Until = Held.From }));
        Assert.IsType<Accepted<NumberFact>>(Claim(Held with { Until = Held.From + Duration.Epsilon }));
    }

    [Fact]
    public void A_holding_does_not_reach_beyond_ten_years()
    {
        var limit = Now + NumberDecider.Ahead;

        Assert.IsType<Accepted<NumberFact>>(Claim(Held with { Until = limit }));
        Assert.Equal("until", Refused(Held with { Until = limit + Duration.Epsilon }));
        Assert.Equal("from", Refused(Held with { From = limit + Duration.Epsilon }));
    }

    private static Decision<NumberFact> Claim(NumberHolding holding, params NumberHolding[] before) =>
        NumberDecider.Claim(before, holding, "user:ana", Now);

    private static string? Refused(NumberHolding holding) =>
        Assert.IsType<Refused<NumberFact>>(Claim(holding)).Why.Field;
}
