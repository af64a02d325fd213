using CsCheck;
using Thorbis.Ledger.Domain.Reconciliation;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Reconciliation;

public sealed class TieOutTests
{
    private static readonly Gen<decimal> Amounts = Gen.Int[-1_000_000, 1_000_000].Select(units => units / 10_000m);

    private static readonly Gen<string> Services = Gen.OneOf("Local DIDs", "Toll-free", "Port Out");

    private static readonly Gen<NumberCharge> Numbers = Gen.Select(
        Gen.OneOf(TieOutPart.Recurring, TieOutPart.OneTime), Services, Amounts,
        (part, service, amount) => new NumberCharge("+15551234567", part, service, amount));

    private static readonly Gen<TieOutLine> Lines = Gen.Select(
        Gen.OneOf(
            TieOutPart.Usage, TieOutPart.Recurring, TieOutPart.OneTime, TieOutPart.Other, TieOutPart.Adjustment),
        Services, Amounts, (part, service, amount) => new TieOutLine(part, service, amount));

    private static readonly Gen<ChargesSummary> Summaries = Gen.Select(
        Lines.List[0, 6], Amounts, Amounts, Amounts, Amounts, Amounts,
        (lines, recurring, once, other, adjustments, all) =>
            new ChargesSummary(lines, recurring, once, other, adjustments, all));

    private static IReadOnlyList<TieOutLine> Usage =>
        [new(TieOutPart.Usage, "calls", 12.3456m), new(TieOutPart.Usage, "messages", 0.0144m)];

    [Fact]
    public void A_month_in_which_everything_agrees_leaves_nothing_unexplained()
    {
        var tieOut = TieOut.Of(Usage, [Charge(2.00m), Charge(3.00m)], Summary(5.00m), Invoice(18.36m));

        Assert.Empty(tieOut.Unexplained);
        Assert.True(tieOut.IsTied);
        Assert.Equal(
            ["Usage calls 12.3456", "Usage messages 0.0144", "Recurring Local DIDs 5.00", "Adjustment outage -1.00",
                "Tax tax 2.00"],
            tieOut.Lines.Select(line => $"{line.Part} {line.Name} {line.Amount}"));
    }

    [Theory, Table("""
        number  service  total  grand  invoice  unexplained
        5.00    5.01     5.01   4.01   18.37    Recurring/Local_DIDs/0.01             # A number is missing a cent.
        5.00    5.00     5.02   4.02   18.38    Recurring/total_of_the_summary/0.02   # The summary does not add up.
        5.00    5.00     5.00   4.03   18.39    Summary/grand_total/0.03
        5.00    5.00     5.00   4.00   18.40    Invoice/total/0.04                    # More than all that was told of.
        5.00    5.01     5.00   4.00   18.36    Recurring/Local_DIDs/0.01,Recurring/total_of_the_summary/-0.01
        """)]
    public void Every_unexplained_cent_is_a_line_where_it_shows(
        decimal number, decimal service, decimal total, decimal grand, decimal invoice, string unexplained)
    {
        var summary = Summary(service) with { Recurring = total, GrandTotal = grand };

        var tieOut = TieOut.Of(Usage, [Charge(number)], summary, Invoice(invoice));

        Assert.False(tieOut.IsTied);
        Assert.Equal(
            unexplained.Replace('_', ' ').Split(','),
            tieOut.Unexplained.Select(line => $"{line.Part}/{line.Name}/{line.Amount:0.00}"));
    }

    [Theory, Table("""
        listed  other  unexplained
        12.36   12.36  -
        12.40   12.40  Usage/usage_of_the_summary/0.04     # The ledger lacks a call.cost.
        12.36   12.46  Other/total_of_the_summary/0.10
        """)]
    public void Usage_that_the_summary_lists_too_counts_once_and_is_compared(
        decimal listed, decimal other, string? unexplained)
    {
        var summary = new ChargesSummary([new(TieOutPart.Usage, "Voice", listed)], 0, 0, other, 0, other);

        var tieOut = TieOut.Of(Usage, [], summary, Invoice(other + 2.00m));

        Assert.Equal(
            unexplained?.Replace('_', ' '),
            tieOut.Unexplained.Select(line => $"{line.Part}/{line.Name}/{line.Amount:0.00}").SingleOrDefault());
        Assert.Equal(12.36m, tieOut.Lines.Where(line => line.Part == TieOutPart.Usage).Sum(line => line.Amount));
    }

    [Fact]
    public void What_rounding_left_is_told_and_still_tied()
    {
        var none = new ChargesSummary([], 0, 0, 0, 0, 0);

        var tieOut = TieOut.Of([new(TieOutPart.Usage, "calls", 12.3649m)], [], none, Invoice(14.36m));

        Assert.Equal(new TieOutLine(TieOutPart.Invoice, "total", -0.0049m), Assert.Single(tieOut.Unexplained));
        Assert.True(tieOut.IsTied);
    }

    [Fact]
    public void Lines_and_unexplained_amounts_are_the_invoices_total_to_the_last_digit() =>
        Gen.Select(Numbers.List[0, 6], Summaries, Amounts, Amounts).Sample((numbers, summary, total, tax) =>
        {
            var tieOut = TieOut.Of(Usage, numbers, summary, new("i1", total, tax));

            return tieOut.Lines.Concat(tieOut.Unexplained).Sum(line => line.Amount) == total;
        });

    private static NumberCharge Charge(decimal amount) =>
        new("+15551234567", TieOutPart.Recurring, "Local DIDs", amount);

    /// <summary>One service and an adjustment of a dollar.</summary>
    private static ChargesSummary Summary(decimal recurring) => new(
        [new(TieOutPart.Recurring, "Local DIDs", recurring), new(TieOutPart.Adjustment, "outage", -1.00m)],
        recurring, 0, 0, -1.00m, recurring - 1.00m);

    private static Invoice Invoice(decimal total) => new("i1", total, 2.00m);
}
