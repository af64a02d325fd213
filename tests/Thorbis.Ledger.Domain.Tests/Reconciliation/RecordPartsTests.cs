using Thorbis.Ledger.Domain.Reconciliation;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Reconciliation;

public sealed class RecordPartsTests
{
    [Theory, Table("""
        types                                    parts
        sip-trunking                             sip-trunking
        call-control                             call-control
        recording                                call-recording
        call-control,sip-trunking                sip-trunking,call-control
        call-control,recording                   call-control,call-recording
        recording,amd,messaging                  call-recording   # Others are no part of what a leg is told to cost.
        sip-trunking,call-control,recording      -                 # All of them are the whole.
        webrtc                                   -                 # No part is known that it bills.
        sip-trunking,webrtc                      -
        messaging                                -
        media-streaming                          -
        something-new                            -
        """)]
    public void The_types_of_a_file_say_which_parts_of_a_legs_cost_it_bills(string types, string? parts)
    {
        var kinds = types.Split(',').Select(RecordKinds.Of).ToHashSet();

        var found = RecordKinds.PartsOf(kinds);

        Assert.Equal(parts, found is null ? null : string.Join(',', found));
    }

    [Fact]
    public void A_report_that_says_no_type_bills_whole_legs() =>
        Assert.Null(RecordKinds.PartsOf(new HashSet<RecordKind> { RecordKind.Voice, RecordKind.SipTrunking }));
}
