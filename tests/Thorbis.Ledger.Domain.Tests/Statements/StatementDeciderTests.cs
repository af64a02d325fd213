using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Statements;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Statements;

public sealed class StatementDeciderTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    [Theory, Table("""
        first    last     second  proposed  month    by   now                   does
        2026-01  -        false   -         2026-01  ana  2026-02-01T05:00:00Z  ready
        # The month ends at New York's midnight.
        2026-01  -        false   -         2026-01  ana  2026-02-01T04:59:59Z  refused:month
        2026-01  -        false   -         2026-02  ana  2026-06-01T00:00:00Z  refused:month   # Not the first.
        2026-01  2026-02  false   -         2026-03  ana  2026-06-01T00:00:00Z  ready
        2026-01  2026-02  false   -         2026-04  ana  2026-06-01T00:00:00Z  refused:month   # Skips one.
        2026-01  2026-02  false   -         2026-02  ana  2026-06-01T00:00:00Z  done
        -        -        false   -         2026-02  ana  2026-06-01T00:00:00Z  refused:month   # Nothing billed.
        2026-01  -        true    -         2026-01  ana  2026-06-01T00:00:00Z  proposed
        2026-01  -        true    ana       2026-01  ana  2026-06-01T00:00:00Z  refused:by
        2026-01  -        true    ana       2026-01  bob  2026-06-01T00:00:00Z  ready
        """)]
    public void Months_close_in_order_once_ended(
        string? first, string? last, bool second, string? proposed, string month, string by, string now, string does)
    {
        var book = new StatementBook(Month(first), Month(last), proposed, second, null);

        var closing = StatementDecider.Close(
            book, Month(month)!.Value, NewYork, by, null, InstantPattern.ExtendedIso.Parse(now).Value);

        Assert.Equal(does, closing switch
        {
            Closing.Refused refused => $"refused:{refused.Why.Field}",
            _ => closing.GetType().Name.ToLowerInvariant(),
        });
    }

    [Theory, Table("""
        exact       currency  rounded
        1.005       USD       1.00      # To the even cent,
        1.015       USD       1.02      # here too.
        -0.005      USD       0
        1.5         JPY       2
        2.5         JPY       2
        1.0005      KWD       1.000
        0.12345678  EUR       0.12
        """)]
    public void A_total_is_rounded_to_the_smallest_unit_of_its_currency(
        decimal exact, string currency, decimal rounded) =>
        Assert.Equal(rounded, StatementDecider.Round(exact, currency));

    [Theory, Table("""
        days  second  now                   due
        3     false   2026-02-04T05:00:00Z  true
        3     false   2026-02-04T04:59:59Z  false
        -     false   2026-06-01T00:00:00Z  false
        3     true    2026-06-01T00:00:00Z  false
        """)]
    public void The_clock_closes_so_many_days_after_the_end(int? days, bool second, string now, bool due) =>
        Assert.Equal(due, StatementDecider.IsDue(
            new(new LocalDate(2026, 1, 1), null, null, second, days), NewYork,
            InstantPattern.ExtendedIso.Parse(now).Value));

    private static LocalDate? Month(string? text) => text is null ? null : StatementDecider.ParseMonth(text)!.Value;
}
