using Thorbis.Ledger.Server.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

public sealed class WakeUpsTests
{
    [Fact]
    public void No_more_wait_than_the_interpreter_needs_and_there_is_room_again_when_one_begins()
    {
        var wakeUps = new WakeUps();

        Assert.Equal(WakeUps.WaitingMax, Enumerable.Range(0, 20_000).Count(_ => wakeUps.TryAdd()));
        wakeUps.Remove();

        Assert.Equal([true, false], [wakeUps.TryAdd(), wakeUps.TryAdd()]);
    }

    [Fact]
    public void Those_that_an_earlier_process_sent_make_no_room_beyond_the_limit()
    {
        var wakeUps = new WakeUps();
        wakeUps.Remove();

        Assert.Equal(WakeUps.WaitingMax, Enumerable.Range(0, 200).Count(_ => wakeUps.TryAdd()));
    }
}
