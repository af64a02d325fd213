using Thorbis.Ledger.Server.Reconciliation;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Reconciliation;

public sealed class SeenKeysTests
{
    [Fact]
    public void A_key_is_new_once_however_many_come_between()
    {
        var (seen, known) = (new SeenKeys(), new HashSet<long>());
        var random = new Random(20_261_123);

        for (var i = 0; i < 200_000; i++)
        {
            // Some again, and some that differ in few bits: they want the same places.
            var key = (i % 3) switch
            {
                0 => random.NextInt64(),
                1 => random.Next(1, 50_000),
                _ => -1L << random.Next(60),
            };
            Assert.Equal(known.Add(key), seen.Add(key));
        }
    }

    [Fact]
    public void Zero_is_a_key_as_others_are()
    {
        var seen = new SeenKeys();

        Assert.Equal([true, false, false], new[] { seen.Add(0), seen.Add(0), seen.Add(0) });
    }
}
