using CsCheck;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Budgets;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Budgets;

public sealed class SpendForecastTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>Worked out by another program: four weeks before Monday, 16 November 2026, whose weekdays have the
    /// means 20 22 24 22 20 5 4.</summary>
    [Theory, Table("""
        now                  spend  expected  low     high
        2026-11-16T00:00:00  240    494       489.23  498.77
        2026-11-16T18:00:00  240    479       474.41  483.59    # A quarter of Monday's 20 is still to come.
        """)]
    public void Each_weekday_to_come_is_expected_as_it_was(
        string now, decimal spend, decimal expected, decimal low, decimal high)
    {
        decimal[] week = [20, 22, 24, 22, 20, 5, 4];
        decimal[] drift = [-1, 0.5m, 1, -0.5m];
        var history = Days(new(2026, 10, 19), 28, i => week[i % 7] + (i % 7 < 5 ? drift[i / 7] : 0));

        var forecast = SpendForecast.Of(spend, history, At(now, DateTimeZone.Utc));

        Assert.Equal((expected, low, high), (forecast.Expected, forecast.Low, forecast.High));
        Assert.Equal((28, null), (forecast.HistoryDays, forecast.Reason));
    }

    [Theory, Table("""
        now                  daily  spend  expected
        2026-03-08T12:00:00  23     100    641    # 23 hours, of which 12 are to come; then 23 days.
        2026-11-01T12:00:00  25     0      737    # 25 hours, of which 12 are to come; then 29 days.
        2026-11-02T12:00:00  24     0      684    # 24 hours, half of them.
        2028-02-01T00:00:00  1      0      29     # Leap February,
        2027-02-01T00:00:00  1      0      28     # and the other.
        2026-12-31T23:00:00  24     7      8
        """)]
    public void The_days_to_come_are_those_of_the_companys_calendar(
        string now, decimal daily, decimal spend, decimal expected)
    {
        var today = At(now, NewYork).Date;

        var forecast = SpendForecast.Of(spend, Days(today.PlusDays(-14), 14, _ => daily), At(now, NewYork));

        Assert.Equal((expected, expected, expected), (forecast.Expected, forecast.Low, forecast.High));
    }

    [Theory, Table("""
        days  known
        0     false
        13    false
        14    true
        """)]
    public void Without_two_weeks_nothing_is_said_but_why(int days, bool known)
    {
        var now = At("2026-11-16T12:00:00", NewYork);

        var forecast = SpendForecast.Of(5, Days(now.Date.PlusDays(-days), days, _ => 1), now);

        Assert.Equal((known, days), (forecast.Expected is not null, forecast.HistoryDays));
        Assert.Equal(known ? null : $"14 complete days are needed; there are {days}.", forecast.Reason);
    }

    [Fact]
    public void A_missing_day_is_one_without_spend_and_what_is_older_than_the_window_is_left_out()
    {
        var now = At("2026-11-30T00:00:00", NewYork);
        // Two of four Mondays had a spend of 8; 57 days ago is outside.
        (LocalDate, decimal)[] history =
        [
            (now.Date.PlusDays(-57), 1_000), (now.Date.PlusDays(-28), 8), (now.Date.PlusDays(-14), 8),
        ];

        var forecast = SpendForecast.Of(0, history, now);

        Assert.Equal((4m, 28), (forecast.Expected, forecast.HistoryDays));
    }

    [Fact]
    public void Today_and_what_comes_after_it_is_no_history()
    {
        var now = At("2026-11-30T00:00:00", NewYork);
        var history = Days(now.Date.PlusDays(-14), 20, i => i < 14 ? 1 : 1_000);

        Assert.Equal((1m, 14), (
            SpendForecast.Of(0, history, now).Expected, SpendForecast.Of(0, history, now).HistoryDays));
    }

    [Fact]
    public void The_estimate_lies_in_its_interval_and_not_below_what_is_spent() => Gen.Select(
        Gen.Int[0, 100_000], Gen.Int[0, 10_000].Array[14, 70], Gen.Int[0, 40_000]).Sample((spent, days, minutes) =>
    {
        var now = (Instant.FromUtc(2026, 10, 20, 0, 0) + Duration.FromMinutes(minutes)).InZone(NewYork);
        var history = Days(now.Date.PlusDays(-days.Length), days.Length, i => days[i] / 100m);

        var forecast = SpendForecast.Of(spent / 100m, history, now);

        return forecast.Low <= forecast.Expected && forecast.Expected <= forecast.High && forecast.Low >= spent / 100m;
    });

    internal static (LocalDate, decimal)[] Days(LocalDate first, int count, Func<int, decimal> amount) =>
        [.. Enumerable.Range(0, count).Select(i => (first.PlusDays(i), amount(i)))];

    private static ZonedDateTime At(string text, DateTimeZone zone) =>
        LocalDateTimePattern.GeneralIso.Parse(text).Value.InZoneStrictly(zone);
}
