using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Numbers;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Billing;

public sealed class NumberMonthTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    [Theory, Table("""
        from  until  now  months
        2026-01-01T05:00:00Z  -  2026-01-31T12:00:00Z  2026-01-01..2026-02-01
        # New York's last evening of the year.
        2026-01-01T04:59:59Z  -  2026-01-31T12:00:00Z  2025-12-31..2026-01-01 2026-01-01..2026-02-01
        2026-02-10T12:00:00Z  -  2026-03-01T12:00:00Z  2026-02-10..2026-03-01 2026-03-01..2026-04-01
        # Days begun count whole.
        2026-02-10T12:00:00Z  2026-02-20T12:00:00Z  2026-06-01T12:00:00Z  2026-02-10..2026-02-21
        2026-02-10T12:00:00Z  2026-02-20T05:00:00Z  2026-06-01T12:00:00Z  2026-02-10..2026-02-20  # Gone at midnight.
        # Over the change of clocks.
        2026-03-08T04:30:00Z  2026-03-09T03:30:00Z  2026-06-01T12:00:00Z  2026-03-07..2026-03-09
        2026-08-01T04:00:00Z  -  2026-07-31T12:00:00Z  -  # Not begun.
        """)]
    public void A_month_is_told_with_the_days_held(string from, string? until, string now, string? months)
    {
        var holding = new NumberHolding("+12025550100", At(from), until is null ? null : At(until));

        var told = NumberMonths.Of(holding, NewYork, At(now), new LocalDate(2025, 1, 1));

        Assert.Equal(months ?? "", string.Join(' ', told.Select(m =>
            $"{LocalDatePattern.Iso.Format(m.From)}..{LocalDatePattern.Iso.Format(m.Until)}")));
    }

    [Theory, Table("""
        number  facts  lines
        +12025550100  2026-02-01..2026-03-01  d month 28/28 1
        +18005550100  2026-02-01..2026-03-01  d month 28/28 2  # Toll-free.
        +12025550100  2026-02-15..2026-03-01  d month 14/14 0.5  # February has 28 days,
        +12025550100  2028-02-15..2028-03-01  d month 15/15 0.51724138  # and 29: 15/29.
        +12025550100  2026-01-10..2026-02-01  d month 22/22 0.70967742
        # Released meanwhile.
        +12025550100  2026-02-01..2026-03-01 2026-02-01..2026-02-15/1  d month 28/28 1, adj d month -14/-14 -0.5
        # The higher revision stands.
        +12025550100  2026-02-01..2026-02-15/1 2026-02-01..2026-03-01  d month 14/14 0.5
        # A half each.
        +12025550100  =2026-02-15/sales 2026-02-01..2026-03-01  d month 14/14 0.5, d month 14/14 0.5
        +12025550100  2026-02-01..2026-03-01 =2026-02-15/a  d month 28/28 1, adj d month -14/-14 -0.5, d month 14/14 0.5
        """)]
    public void A_month_costs_its_days(string number, string facts, string? lines) =>
        Assert.Equal(lines, Bill.Text(Bill.Lines(facts.Split(' ').Select(word => Fact(number, word)))));

    [Fact]
    public void Days_after_a_move_belong_to_the_new_cost_centre()
    {
        var lines = Bill.Lines([
            Fact("+12025550100", "=2026-02-15/sales"), Fact("+12025550100", "2026-02-01..2026-03-01"),
        ]);

        Assert.Equal([("", 0.5m), ("sales", 0.5m)], lines.Select(l => (l.Charge.CostCentre, l.Charge.Price.Amount)));
    }

    // 2026-02-01..2026-03-01/revision, or =2026-02-15/centre
    private static Fact Fact(string number, string word)
    {
        var parts = word.TrimStart('=').Split('/');
        if (word.StartsWith('='))
        {
            return new CostCentreAssigned(
                number, At("2026-01-01T00:00:00Z"), Day(parts[0]), NewYork.Id, parts[1], "ana", null);
        }
        var days = parts[0].Split("..").Select(Day).ToArray();
        return new NumberMonthStarted(
            number, NewYork.AtStartOfDay(days[0]).ToInstant(), days[0], days[1], NewYork.Id)
        { Revision = parts.Length > 1 ? 1 : 0 };
    }

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
