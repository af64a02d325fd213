using System.Globalization;
using Thorbis.Ledger.Domain.Calls;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Calls;

public sealed class CallViewTests
{
    [Theory, Table("""
        call                                                               cost     currency
        in@0 hangup@9                                                      -        -
        in@0 hangup@9 cost@10/0.0106                                       0.0106   USD
        in@0 hangup@9 cost@10/0.0106 cost@12/0.0200                        0.0200   USD       # The later report,
        in@0 hangup@9 cost@12/0.0200 cost@10/0.0106                        0.0200   USD       # whichever came first.
        in@0 hangup@9 cost@10                                              -        -         # The calculation failed;
        in@0 hangup@9 cost@10 cost@12/0.0106                               0.0106   USD       # a success follows,
        in@0 hangup@9 cost@10/0.0106 cost@12                               0.0106   USD       # and is not undone.
        in@0 hangup@9 cost@10/0.0106 b:out@1 b:hangup@9 b:cost@10/0.00180  0.01240  USD       # Every leg, every digit.
        in@0 hangup@9 cost@10/0.0106 b:out@1 b:hangup@9 b:cost@10/1/1/EUR  -        -
        in@0 hangup@9 cost@10/0.0106 b:out@1 b:hangup@9 b:cost@10/0/0/EUR  0.0106   USD       # A zero has no currency.
        in@0 hangup@9 cost@10/0/0/EUR b:out@1 b:hangup@9 b:cost@10/0.0106  0.0106   USD
        in@0 cost@10/79228162514264337593543950335 b:out@1 b:cost@10/1     -        -         # Beyond decimal.
        """)]
    public void The_carriers_cost_is_the_latest_total_of_each_leg(string call, string? cost, string? currency)
    {
        var view = Script.View(call);

        Assert.Equal(cost, view.CarrierCost?.Amount.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(currency, view.CarrierCost?.Currency);
    }

    [Theory, Table("""
        call                    direction  number  party  usage
        in@7/X>N hangup@9       Incoming   N       X      7
        out@7/N>X hangup@9      Outgoing   N       X      7
        out@7/X>Y hangup@9      Outgoing   -       Y      7      # Ours by its session only.
        b:out@8 in@7 answer@9   Incoming   N       X      7      # The earliest leg decides,
        b:in@7 a:out@7          Outgoing   N       X      7      # of equals the lower id.
        b:in@5/N>M a:out@4/N>M  Incoming   M       N      4      # Counted where it began.
        answer@3 hangup@9       -          -       -      3      # The start is not told yet,
        answer@3 hangup@9 in@7  Incoming   N       X      7      # and now it is.
        """)]
    public void A_call_is_told_from_its_primary_leg(
        string call, CallDirection? direction, char? number, char? party, decimal usage)
    {
        var view = Script.View(call);

        Assert.Equal(direction, view.Direction);
        Assert.Equal(number is { } own ? Script.Number(own) : null, view.Number);
        Assert.Equal(party is { } other ? Script.Number(other) : null, view.Party);
        Assert.Equal(Script.At(usage), view.UsageAt);
    }

    [Theory, Table("""
        call                                      recordings  legs
        in@0 hangup@9                             0           1
        in@0 record@9/r1 record@9/r1 record@9/r2  2           1
        in@0 record@9/r1 record@12/r1             1           1     # Told again later: the same recording.
        in@0 record@9 record@12                   2           1     # Without ids, their times tell them apart.
        in@0 record@9/r1 b:out@1 b:record@9/r3    2           2
        """)]
    public void Recordings_are_counted_once(string call, int recordings, int legs)
    {
        var view = Script.View(call);

        Assert.Equal((recordings, legs), (view.Recordings, view.Legs));
    }

    [Fact]
    public void A_leg_keeps_what_the_page_of_a_call_shows()
    {
        var call = Script.Fold(
            Script.Facts("in@0 answer@2 gather@3/4711 enqueue@4 dtmf@5 amd@6/human hangup@60/caller"));

        // Several digits stay in the facts, where they are masked for reading; the state knows when there were some.
        var expected = """
            {"firstFactAt":"2026-01-15T12:00:00Z","legs":[{"legId":"a","lastFactAt":"2026-01-15T12:01:00Z",
            "start":{"at":"2026-01-15T12:00:00Z","direction":"incoming","from":"\u002B442071838750",
            "to":"\u002B12025550100","ownNumber":"\u002B12025550100"},"answeredAt":"2026-01-15T12:00:02Z",
            "end":{"at":"2026-01-15T12:01:00Z","source":"caller"},
            "detection":{"at":"2026-01-15T12:00:06Z","result":"human","premium":false},"traits":172,
            "menuKeys":[{"at":"2026-01-15T12:00:03Z"}]}]}
            """;
        Assert.Equal(expected.ReplaceLineEndings(""), LedgerJson.Write(call));
    }
}
