using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Rating;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Billing;

/// <summary>Bills worked out by hand. A line is source, service, quantity used and billed, amount.</summary>
public sealed class GoldenBills
{
    private static readonly Dictionary<string, DeckVersion> Decks = new()
    {
        ["default"] = DefaultDeck.Version,
        ["minute"] = Of("HalfEven/8", Out(0.01m), In(0.01m)),
        ["6s"] = Of("HalfEven/8", Out(0.06m, first: 30, further: 6), In(0.06m, first: 30, further: 6)),
        ["1s"] = Of("HalfEven/8", Out(0.01m, first: 1, further: 1)),
        ["1s-down"] = Of("Down/2", Out(0.01m, first: 1, further: 1)),
        ["1s-up"] = Of("Up/2", Out(0.01m, first: 1, further: 1)),
        ["1s-even"] = Of("HalfEven/2", Out(0.01m, first: 1, further: 1)),
        ["1s-halfup"] = Of("HalfUp/2", Out(0.01m, first: 1, further: 1)),
        ["minimum"] = Of("HalfEven/8", Out(0.06m, first: 1, further: 1, minimum: 45)),
        ["fee"] = Of("HalfEven/8", Out(0.06m, first: 60, further: 60, fee: 0.1m)),
        ["zero"] = Of("HalfEven/8", Out(0), In(0)),
        ["germany"] = Of("HalfEven/8", Out(0.02m, "+49"), Out(0.05m, "+4930"), Out(0.5m, "+4")),
        ["france"] = Of("HalfEven/8", Out(0.02m, "+33")),
        ["recording"] = Of(
            "HalfEven/8", new RateRow(Service.Recording, RateUnit.Item, 0.02m),
            new RateRow(Service.Transcription, RateUnit.Item, 0.05m)),
        ["messages"] = Of(
            "HalfEven/8", new RateRow(Service.SmsOut, RateUnit.Part, 0.01m),
            new RateRow(Service.SmsOut, RateUnit.Part, 0.04m, "+49"), new RateRow(Service.SmsIn, RateUnit.Part, 0),
            new RateRow(Service.MmsOut, RateUnit.Part, 0.02m), new RateRow(Service.MmsOut, RateUnit.Medium, 0.03m)),
    };

    [Theory, Table("""
        deck  call  lines
        default  in@0 answer@2 hangup@62  d in 60/60 0.012
        default  in@0 answer@2 hangup@62.000001  d in 61/120 0.024  # A started second.
        default  out@0 answer@5 hangup@5  d out 0/60 0.012  # Answered, gone at once.
        default  in@0 hangup@20  -  # Nobody answered.
        default  in@0 answer@2  -  # Not ended.
        # Each leg on its own.
        default  out@0 answer@1 hangup@61 b:out@2/X>Y b:answer@3 b:hangup@183  d out 60/60 0.012, d out 180/180 0.036
        # Both ends are ours.
        default  out@0/N>M answer@1 hangup@61 b:in@0/N>M b:answer@1 b:hangup@61  d out 60/60 0.012, d in 60/60 0.012
        minute  out@0 answer@0 hangup@60.4  d out 61/120 0.02
        6s  out@0 answer@0 hangup@3  d out 3/30 0.03
        6s  out@0 answer@0 hangup@30  d out 30/30 0.03
        6s  out@0 answer@0 hangup@31  d out 31/36 0.036
        1s  out@0 answer@0 hangup@7  d out 7/7 0.00116667  # 0.0011666…
        1s-down  out@0 answer@0 hangup@119  d out 119/119 0.01
        1s-up  out@0 answer@0 hangup@61  d out 61/61 0.02
        1s-even  out@0 answer@0 hangup@30  d out 30/30 0  # 0.005 to the even cent,
        1s-even  out@0 answer@0 hangup@90  d out 90/90 0.02  # 0.015 too,
        1s-halfup  out@0 answer@0 hangup@30  d out 30/30 0.01  # and here up.
        minimum  out@0 answer@0 hangup@10  d out 10/45 0.045
        minimum  out@0 answer@0 hangup@46  d out 46/46 0.046
        fee  out@0 answer@0 hangup@61  d out 61/120 0.22
        zero  out@0 answer@0 hangup@61  d out 61/120 0  # Free is a price.
        germany  out@0/N>Y answer@0 hangup@60  d out 60/60 0.05  # The longest prefix, +4930.
        germany  out@0/N>X answer@0 hangup@60  d out 60/60 0.5  # +44 by +4.
        france  out@0/N>X answer@0 hangup@60  d out 60/0 0  # No row for it: shown, not lost.
        # Side by side.
        default  out@0 answer@0 hangup@60 cost@65/0.0106/60  d out 60/60 0.012, c out 60/60 0.0106
        default  out@0 answer@0 hangup@60 cost@65  d out 60/60 0.012  # A calculation that failed,
        # then succeeded;
        default  out@0 answer@0 hangup@60 cost@65 cost@70/0.01/60  d out 60/60 0.012, c out 60/60 0.01
        default  cost@9/0.01/60 cost@70/0.015/90  c call 60/60 0.01, adj c call 30/30 0.005
        # an older word changes nothing.
        default  out@0 answer@0 hangup@60 cost@65/0.01/60 cost@60/0.5/90  d out 60/60 0.012, c out 60/60 0.01
        # Billed without an answer.
        default  out@0 hangup@60 cost@65/0.01/42  d out 42/60 0.012, c out 42/42 0.01
        # The earliest hang-up ends it.
        default  out@0 answer@0 hangup@60 hangup@30  d out 60/60 0.012, adj d out -30/0 0
        default  out@0 answer@0 hangup@90 hangup@30  d out 90/120 0.024, adj d out -60/-60 -0.012
        default  answer@0 hangup@60 out@0  d out 60/60 0.012  # The start came last.
        default  cost@65/0.01/60 out@0  c call 60/60 0.01, rev c call -60/-60 -0.01, d out 60/60 0.012, c out 60/60 0.01
        recording  out@0 answer@0 hangup@60 record@61/r1 transcribe@70  d recording 1/1 0.02, d transcription 1/1 0.05
        """)]
    public void A_call_costs(string deck, string call, string? lines) =>
        Assert.Equal(lines ?? "", Bill.Text(Bill.OfCall(call, Under(deck))));

    [Theory, Table("""
        deck  message  lines
        default  sent@1/x=sent  d sms_out 1/1 0.0075
        default  sent@1/x=sent//3  d sms_out 3/3 0.0225
        default  sent@1/x=sent,y=sent//2  d sms_out 2/2 0.015, d sms_out 2/2 0.015  # A copy each.
        default  received@1/n=  d sms_in 1/1 0
        default  sent@1/x=sent finalized@2/x=delivered/0.004  d sms_out 1/1 0.0075, c sms_out 1/1 0.004
        recording  finalized@2/x=sent/0.004 finalized@3/x=sent/0.006  c sms_out 1/1 0.004, adj c sms_out 0/0 0.002
        default  finalized@2/x=delivery_unconfirmed/  d sms_out 1/1 0.0075  # Unconfirmed is billed.
        messages  sent@1/x=sent,y=sent  d sms_out 1/1 0.01, d sms_out 1/1 0.04  # Each by its prefix.
        messages  sent@1/x=sent//1/2  d mms_out 1/1 0.02, d mms_out 2/2 0.06
        """)]
    public void A_message_costs(string deck, string message, string? lines) =>
        Assert.Equal(lines ?? "", Bill.Text(Bill.Lines(Messages.Script.Facts(message), Under(deck))));

    private static Tariff Under(string deck) =>
        deck == "default" ? Bill.Default : Bill.Under((0, Decks[deck]));

    private static DeckVersion Of(string rounding, params RateRow[] rows) => Bill.Version(1, rounding, rows);

    private static RateRow Out(
        decimal price, string? prefix = null, int first = 60, int further = 60, int minimum = 0, decimal fee = 0) =>
        new(Service.CallOut, RateUnit.Minute, price, prefix, null, first, further, minimum, fee);

    private static RateRow In(decimal price, int first = 60, int further = 60) =>
        new(Service.CallIn, RateUnit.Minute, price, null, null, first, further);
}
