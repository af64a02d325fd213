using System.Globalization;
using NodaTime;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Messages;

public sealed class MessageViewTests
{
    [Theory, Table("""
        reports                                           status       recipients
        sent@1/x=queued                                   queued       queued
        sent@1/x=sending                                  queued       sending
        sent@1/x=sent                                     sent         sent
        sent@1/x=a_word_of_tomorrow                       sent         a_word_of_tomorrow
        sent@1/x=sent final@5/x=delivered                 delivered    delivered
        # Final came first.
        final@5/x=delivered sent@1/x=sent                 delivered    delivered
        # A status never goes back, but a later last word corrects, whichever came first.
        final@1/x=delivered sent@5/x=sent                 delivered    delivered
        final@1/x=delivery_failed final@5/x=delivered     delivered    delivered
        final@5/x=delivery_failed final@1/x=delivered     failed       delivery_failed
        final@5/x=delivered read@9/x=read                 delivered    read
        final@5/x=delivery_unconfirmed                    unconfirmed  delivery_unconfirmed
        final@5/x=sending_failed                          failed       sending_failed
        final@5/x=delivered,y=delivered                   delivered    delivered,delivered
        final@5/x=delivered,y=delivery_failed             partly       delivered,delivery_failed
        final@5/x=delivered,y=sent                        partly       delivered,sent
        # Not done yet.
        final@5/x=sent,y=delivery_failed                  sent         sent,delivery_failed
        final@5/x=sent,y=queued                           queued       sent,queued
        final@5/x=delivery_unconfirmed,y=delivery_failed  unconfirmed  delivery_unconfirmed,delivery_failed
        # A report may leave some out.
        sent@1/x=sent,y=sent final@5/y=delivered          partly       sent,delivered
        # One recipient, told twice.
        sent@1/x=sent,x=delivered                         delivered    delivered
        sent@1                                            queued       -
        """)]
    public void An_outgoing_message_stands_as_its_recipients_do(string reports, string status, string? recipients)
    {
        var view = Script.View(reports);

        Assert.Equal(status, view.Status);
        Assert.Equal(recipients ?? "", string.Join(',', view.Recipients.Select(recipient => recipient.Status)));
    }

    [Theory, Table("""
        reports                                   type  billableParts  billableMedia
        sent@1/x=sent//2                          SMS   2              0
        sent@1/x=sent,y=sent//2                   SMS   4              0
        final@1/x=delivery_failed,y=delivered//2  SMS   4              0              # Whatever became of them.
        final@1/x=delivery_unconfirmed//1         SMS   1              0
        sent@1/x=sent,y=sent//1/3                 MMS   2              6
        sent@1/x=sent//0                          SMS   0              0
        sent@1/x=sent//0 final@2/x=delivered//3   SMS   3              0              # The last word counts.
        received@1/n=,m=//2                       SMS   2              0              # Incoming: once.
        received@1/n=,m=//1/3                     MMS   1              3
        """)]
    public void Parts_are_billed_per_recipient_when_outgoing(
        string reports, string type, long billableParts, long billableMedia)
    {
        var view = Script.View(reports);

        Assert.Equal((type, billableParts, billableMedia), (view.Type, view.BillableParts, view.BillableMedia));
    }

    [Theory, Table("""
        reports                                          cost
        sent@1/x=sent                                    -
        final@5/x=delivered/0.0051                       0.0051
        sent@1/x=sent/0.0040 final@5/x=delivered/0.0051  0.0051
        final@5/x=delivered/0.0051 sent@1/x=sent/0.0040  0.0051
        sent@1/x=sent/0.0040 final@5/x=delivered         0.0040  # A report without an amount hides none.
        """)]
    public void The_carriers_cost_is_of_the_latest_report_that_tells_one(string reports, string? cost) =>
        Assert.Equal(cost, Script.View(reports).CarrierCost?.Amount.ToString(CultureInfo.InvariantCulture));

    [Theory, Table("""
        reports               numbers  party  usage
        sent@1/y=sent,x=sent  N        X      0      # The lowest number of several.
        received@1/n=,m=,x=   N,M      X      0      # The owned ones.
        """)]
    public void A_message_counts_for_its_own_numbers(string reports, string numbers, char party, int usage)
    {
        var view = Script.View(reports);

        Assert.Equal(numbers.Split(',').Select(name => Script.Number(name[0])), view.Numbers);
        Assert.Equal(Script.Number(party), view.Party);
        Assert.Equal(Script.Start + Duration.FromSeconds(usage), view.UsageAt);
    }
}
