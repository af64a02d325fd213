using CsCheck;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Server.Exports;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Exports;

public sealed class ZonedTextTests
{
    private static readonly OffsetDateTimePattern Iso =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss;FFFFFFo<+HH:mm>");

    private static readonly Gen<string> Zones = Gen.OneOf(
        "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC");

    [Fact]
    public void Times_read_as_NodaTime_writes_them_in_every_zone_and_order() =>
        Gen.Select(Zones, Gen.Long[0, 4_102_444_800_000_000].Array[1, 20]).Sample((id, times) =>
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            var text = new ZonedText(zone);
            return times.Select(t => Instant.FromUnixTimeTicks(t * 10)).All(at =>
                text.Format(at) == Iso.Format(at.InZone(zone).ToOffsetDateTime()));
        });

    [Fact]
    public void The_hour_that_a_clock_shows_twice_is_told_apart_by_its_offset()
    {
        var text = new ZonedText(DateTimeZoneProviders.Tzdb["America/New_York"]);

        Assert.Equal("2026-11-01T01:30:00-04:00", text.Format(Instant.FromUtc(2026, 11, 1, 5, 30)));
        Assert.Equal("2026-11-01T01:30:00.25-05:00", text.Format(
            Instant.FromUtc(2026, 11, 1, 6, 30) + Duration.FromMilliseconds(250)));
    }
}
