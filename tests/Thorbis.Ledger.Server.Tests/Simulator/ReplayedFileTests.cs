using Thorbis.Ledger.Simulator.Replay;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Simulator;

public sealed class ReplayedFileTests
{
    [Theory]
    [InlineData("interpreted", null, false, "call_answered, call_bridged")]
    [InlineData("kept", null, false, "kept without interpretation")]
    [InlineData("quarantined", "no owner", false, "quarantined: no owner (reads call_answered, call_bridged)")]
    [InlineData("redelivery", null, false, "redelivery (reads call_answered, call_bridged)")]
    [InlineData("redelivery", null, true, "redelivery with other data, flagged (reads call_answered, call_bridged)")]
    public void What_the_journal_says_is_told_in_words(string state, string? reason, bool differs, string words) =>
        Assert.Equal(
            words, File(200, new("call.answered", state, reason, ["call_answered", "call_bridged"], differs)).Became);

    [Fact]
    public void An_accepted_body_that_the_journal_does_not_know_is_lost() => Assert.True(File(200, null).Lost);

    [Fact]
    public void A_body_that_was_never_answered_is_lost() => Assert.True(File(0, null).Lost);

    [Fact]
    public void A_refused_body_is_not_lost() =>
        Assert.Equal((false, "refused: why"), (File(413, null).Lost, File(413, null).Became));

    private static ReplayedFile File(int status, JournalEntry? entry) =>
        new("a.json", "00", status, status == 200 ? null : "why", entry);
}
