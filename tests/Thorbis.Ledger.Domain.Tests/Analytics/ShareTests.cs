using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Tests.Calls;
using Thorbis.Ledger.Domain.Usage;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Analytics;

public sealed class ShareTests
{
    private static readonly Dictionary<string, string> Calls = new()
    {
        ["answered"] = "in@0 answer@2 hangup@60/caller",
        ["abandoned"] = "in@0 hangup@5.000001/caller",
        ["unanswered"] = "in@0 hangup@30/callee/timeout",
        ["short"] = "in@0 hangup@5/caller",
        ["blocked"] = "in@0 hangup@3/callee/call_rejected",
        ["served"] = "in@0 answer@2 gather@3/1 hangup@60/callee",
        ["open"] = "in@0 answer@2",
        ["outgoing"] = "out@0 answer@5 hangup@60",
    };

    [Theory, Table("""
        calls                                           abandonment  answered
        answered                                        0            1
        answered abandoned                              0.5          0.5
        answered abandoned unanswered                   0.333333     0.333333
        answered answered abandoned                     0.333333     0.666667
        # Gone within five seconds, refused, served by the menu, not ended, outgoing: in neither figure.
        answered short blocked served open outgoing     0            1
        abandoned short                                 1            0
        short                                           -            -
        -                                               -            -
        """)]
    public void Abandonment_and_answer_rate_are_of_answered_and_missed_calls(
        string? calls, decimal? abandonment, decimal? answered)
    {
        var figures = new UsageFigures();
        foreach (var call in calls?.Split(' ') ?? [])
        {
            figures.Add(Contribution.Of(Script.View(Calls[call]))!);
        }

        Assert.Equal((abandonment, answered), (figures.AbandonmentRate, figures.AnswerRate));
    }

    [Theory, Table("""
        eligible  converted  pending  rate
        10        3          0        0.3
        10        3          4        0.5         # What is pending is outside of the rate,
        10        3          7        1           # whatever is left.
        3         1          0        0.333333
        4         0          4        -
        0         0          0        -
        """)]
    public void A_conversion_is_a_share_of_what_is_decided(
        long eligible, long converted, long pending, decimal? rate) =>
        Assert.Equal(rate, new Conversion(eligible, converted, pending).Rate);
}
