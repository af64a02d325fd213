using CsCheck;
using Thorbis.Ledger.Domain.Rating;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Rating;

public sealed class RateTests
{
    private static readonly Gen<RateRow> Rows = Gen.Select(
        Gen.Int[0, 10_000], Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[0, 200], Gen.Int[0, 500],
        (price, first, further, minimum, fee) => new RateRow(
            Service.CallOut, RateUnit.Minute, price / 100_000m, null, null, first, further, minimum, fee / 1_000m));

    private static readonly Gen<Rounding> Roundings = Gen.Select(
        Gen.Enum<RoundingMode>(), Gen.Int[0, Rounding.DecimalsMax], (mode, decimals) => new Rounding(mode, decimals));

    [Theory, Table("""
        price    increments  minimum  fee   rounding    seconds   billed  amount
        0.012    60/60       0        0     HalfEven/8  1         60      0.012        # A started minute.
        0.012    60/60       0        0     HalfEven/8  60        60      0.012
        0.012    60/60       0        0     HalfEven/8  60.4      120     0.024        # Up to whole seconds first.
        0.012    60/60       0        0     HalfEven/8  0         60      0.012        # Answered and gone at once.
        0.012    30/6        0        0     HalfEven/8  30        30      0.006
        0.012    30/6        0        0     HalfEven/8  31        36      0.0072
        0.012    1/1         0        0     HalfEven/8  0.000001  1       0.0002
        0.01     1/1         0        0     HalfEven/8  7         7       0.00116667   # 0.001166666...
        0.01     1/1         0        0     Down/8      7         7       0.00116666
        0.01     1/1         0        0     HalfEven/8  20        20      0.00333333
        0.01     1/1         0        0     Up/8        20        20      0.00333334
        0.01     1/1         0        0     HalfEven/2  30        30      0            # 0.005: to the even cent,
        0.03     1/1         0        0     HalfEven/2  30        30      0.02         # 0.015 too.
        0.01     1/1         0        0     HalfUp/2    30        30      0.01
        0.01     1/1         0        0     HalfUp/2    29        29      0
        0.01     1/1         0        0     Up/2        1         1       0.01
        0.01     1/1         0        0     Down/2      59        59      0
        0.012    1/1         30       0     HalfEven/8  5         30      0.006        # The minimum,
        0.012    60/6        61       0     HalfEven/8  5         66      0.0132       # then the increments.
        0.012    60/60       0        0.05  HalfEven/8  61        120     0.074
        0        60/60       0        0.05  HalfEven/8  61        120     0.05         # Zeros but for the fee.
        0        1/1         0        0     Up/2        3600      3600    0
        9999.99999999  1/1   0        0     HalfEven/8  8640000   8640000  1439999999.99856000
        """)]
    public void A_call_costs_started_seconds_then_the_minimum_then_increments(
        decimal price, string increments, int minimum, decimal fee, string rounding, decimal seconds, long billed,
        decimal amount)
    {
        var steps = increments.Split('/').Select(int.Parse).ToArray();
        var row = new RateRow(Service.CallOut, RateUnit.Minute, price, null, null, steps[0], steps[1], minimum, fee);

        var rated = Rate.Duration(row, Parse(rounding), (long)(seconds * 1_000_000));

        Assert.Equal((billed, amount), (rated.BilledQuantity, rated.Amount));
    }

    [Theory, Table("""
        price     fee     rounding    units  amount
        0.0075    0       HalfEven/8  3      0.0225
        0.0075    0.001   HalfEven/8  3      0.0235      # The fee once, not per part.
        0.0075    0       HalfEven/2  1      0.01
        0.005     0       HalfEven/2  1      0
        0.005     0       HalfUp/2    1      0.01
        0.0075    0       HalfEven/8  0      0
        """)]
    public void Units_cost_the_same_each(decimal price, decimal fee, string rounding, long units, decimal amount)
    {
        var row = new RateRow(Service.SmsOut, RateUnit.Part, price, ConnectFee: fee);

        Assert.Equal(amount, Rate.Units(row, Parse(rounding), units).Amount);
    }

    [Fact]
    public void Longer_never_costs_less() =>
        Gen.Select(Rows, Roundings, Gen.Long[0, 20_000_000_000], Gen.Long[0, 200_000_000]).Sample(
            (row, rounding, shorter, more) =>
                Rate.Duration(row, rounding, shorter).Amount <= Rate.Duration(row, rounding, shorter + more).Amount);

    [Fact]
    public void Amount_and_remainder_together_are_the_exact_price() =>
        Gen.Select(Rows, Roundings, Gen.Long[0, 20_000_000_000]).Sample((row, rounding, microseconds) =>
        {
            var rated = Rate.Duration(row, rounding, microseconds);
            var places = (decimal)Math.Pow(10, rounding.Decimals);
            Assert.Equal(
                ((row.ConnectFee * 60) + (row.Price * rated.BilledQuantity)) * places,
                (rated.Amount * places * 60) + rated.Remainder);
            Assert.InRange(rated.Remainder, rounding.Mode == RoundingMode.Down ? 0 : -59.9999m, 59.9999m);
        });

    private static Rounding Parse(string text)
    {
        var parts = text.Split('/');
        return new(Enum.Parse<RoundingMode>(parts[0]), int.Parse(parts[1]));
    }
}
