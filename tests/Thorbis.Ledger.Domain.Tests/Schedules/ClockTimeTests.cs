using System.Text.Json;
using NodaTime;
using Thorbis.Ledger.Domain.Schedules;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Schedules;

public sealed class ClockTimeTests
{
    [Theory, Table("""
        text    minutes
        00:00   0
        09:05   545
        23:59   1439
        24:00   1440
        26:00   1560
        48:00   2880
        99:59   5999    # Read, for the rules to refuse it by its field.
        """)]
    public void A_time_is_written_as_it_is_read(string text, int minutes)
    {
        Assert.Equal(new ClockTime(minutes), ClockTime.Parse(text));
        Assert.Equal(text, new ClockTime(minutes).ToString());
        Assert.Equal($"\"{text}\"", LedgerJson.Write(new ClockTime(minutes)));
    }

    [Theory, Table("""
        text
        9:00
        09:60
        0900
        09:00:00
        -1:00
        09:0a
        .
        """)]
    public void What_is_no_time_is_not_read(string text)
    {
        Assert.False(ClockTime.TryParse(text, out _));
        Assert.False(ClockTime.TryParse(null, out _));
        Assert.Throws<FormatException>(() => ClockTime.Parse(text));
    }

    [Fact]
    public void What_is_no_time_in_JSON_is_told_with_its_path()
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<List<DayRange>>(
            """[{"start":"09:00","end":"17:00"},{"start":"09:00","end":"5pm"}]""", JsonSerializerOptions.Web));

        Assert.Equal("$[1].end", error.Path);
        Assert.Contains("HH:mm", error.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ClockTime>("9"));
    }

    [Fact]
    public void A_local_time_is_one() => Assert.Equal(new ClockTime(545), (ClockTime)new LocalTime(9, 5));
}
