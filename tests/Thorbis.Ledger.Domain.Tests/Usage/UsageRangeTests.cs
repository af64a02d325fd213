using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Usage;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Usage;

public sealed class UsageRangeTests
{
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["quarter"] = "It must lie on a quarter of an hour, in the years 1 to 9997.",
        ["order"] = "It must be later than from.",
        ["lmt"] = "Africa/Monrovia was not on a quarter of an hour in this range.",
        ["steps"] = "The range has more than 10000 steps of this size.",
    };

    [Theory, Table("""
        zone                 by     from               to                 offset  minutes
        # 2:00 does not exist; 3:00 follows 1:00.
        Europe/Berlin        Hour   2026-03-29T00:00   2026-03-29T05:00   +01     60 60 60 60
        Europe/Berlin        Hour   2026-03-29T03:00   2026-03-29T04:00   +02     60
        Europe/Berlin        Hour   2026-10-25T01:00   2026-10-25T04:00   +02     60 60 60 60        # 2:00 comes twice.
        Europe/Berlin        Hour   2026-01-15T09:15   2026-01-15T11:30   +01     45 60 30           # Cut at the ends.
        # A day of 23 hours,
        Europe/Berlin        Day    2026-03-28T00:00   2026-03-31T00:00   +01     1440 1380 1440
        Europe/Berlin        Day    2026-10-24T00:00   2026-10-27T00:00   +02     1440 1500 1440     # and one of 25.
        Europe/Berlin        Day    2025-12-31T00:00   2026-01-02T12:00   +01     1440 1440 720      # New Year.
        # From Monday to Monday, over New Year; a first one that is cut.
        Europe/Berlin        Week   2026-03-23T00:00   2026-04-06T00:00   +01     10020 10080
        Europe/Berlin        Week   2025-12-31T00:00   2026-01-12T00:00   +01     7200 10080
        Europe/Berlin        Month  2026-02-01T00:00   2026-05-01T00:00   +01     40320 44580 43200
        America/New_York     Day    2026-03-07T00:00   2026-03-10T00:00   -05     1440 1380 1440
        America/New_York     Day    2026-10-31T00:00   2026-11-03T00:00   -04     1440 1500 1440
        America/New_York     Hour   2026-11-01T00:00   2026-11-01T03:00   -04     60 60 60 60
        America/New_York     Month  2026-10-15T00:00   2026-12-01T00:00   -04     24480 43260
        America/St_Johns     Hour   2026-03-08T01:00   2026-03-08T04:00   -03:30  60 60
        America/St_Johns     Day    2026-11-01T00:00   2026-11-02T00:00   -02:30  1500
        # The clock went back over midnight, at 0:01.
        America/St_Johns     Day    2010-11-06T00:00   2010-11-08T00:00   -02:30  1440 1500
        America/St_Johns     Hour   2010-11-06T22:00   2010-11-07T01:00   -02:30  60 60 60 60
        # The same from after the jump, where the clock reads yesterday.
        America/St_Johns     Day    2010-11-07T02:45Z  2010-11-08T03:30Z  -03:30  1485
        # From half past eleven to midnight, at once.
        Asia/Pyongyang       Hour   2018-05-04T22:00   2018-05-05T01:00   +08:30  60 30 60
        Asia/Kathmandu       Hour   2026-03-29T00:00   2026-03-29T02:00   +05:45  60 60
        Asia/Kathmandu       Day    2026-03-28T00:00   2026-03-30T00:00   +05:45  1440 1440
        # The clock goes back by half an hour, and 1:30 comes twice.
        Australia/Lord_Howe  Day    2026-04-04T00:00   2026-04-07T00:00   +11     1440 1470 1440
        Australia/Lord_Howe  Hour   2026-04-05T01:00   2026-04-05T03:00   +11     60 30 60
        Australia/Lord_Howe  Day    2026-10-03T00:00   2026-10-06T00:00   +10:30  1440 1410 1440
        # 2:00 to 2:30 does not exist.
        Australia/Lord_Howe  Hour   2026-10-04T01:00   2026-10-04T04:00   +10:30  60 30 60
        # The 30th did not take place.
        Pacific/Apia         Day    2011-12-29T00:00   2012-01-01T00:00   -10     1440 1440
        UTC                  Hour   2026-01-15T00:00   2026-01-15T02:00   Z       60 60
        """)]
    public void A_range_is_parted_by_the_zones_clock(
        string zone, UsageStep by, string from, string to, string offset, string minutes)
    {
        var range = UsageRange.Of(At(from, zone), At(to, zone), Zone(zone), by, out _)!;

        Assert.Equal(offset, OffsetPattern.GeneralInvariantWithZ.Format(range.Points[0].Start.Offset));
        Assert.Equal(minutes, string.Join(' ', range.Points.Select(Minutes)));
    }

    [Theory, Table("""
        zone             by    from                  to                    field  reason
        Europe/Berlin    Day   2026-01-15T09:07:00Z  2026-01-16T00:00:00Z  from   quarter
        Europe/Berlin    Day   2026-01-15T09:00:01Z  2026-01-16T00:00:00Z  from   quarter
        Europe/Berlin    Day   2026-01-15T09:00:00Z  2026-01-16T00:14:59Z  to     quarter
        Europe/Berlin    Day   2026-01-15T09:00:00Z  2026-01-15T09:00:00Z  to     order
        Europe/Berlin    Day   2026-01-15T09:00:00Z  2026-01-14T00:00:00Z  to     order
        Europe/Berlin    Day   9999-12-31T00:00:00Z  9999-12-31T01:00:00Z  from   quarter
        Africa/Monrovia  Day   1971-12-01T00:00:00Z  1971-12-05T00:00:00Z  zone   lmt
        UTC              Hour  2026-01-01T00:00:00Z  2027-02-21T16:15:00Z  by     steps
        UTC              Hour  2026-01-01T00:00:00Z  2027-02-21T16:00:00Z  -      -
        Africa/Monrovia  Day   2026-12-01T00:00:00Z  2026-12-05T00:00:00Z  -      -
        """)]
    public void A_range_that_would_cut_a_bucket_is_refused(
        string zone, UsageStep by, string from, string to, string? field, string? reason)
    {
        var range = UsageRange.Of(Instant(from), Instant(to), Zone(zone), by, out var refusal);

        Assert.Equal(field, refusal?.Field);
        Assert.Equal(reason is null ? null : Reasons[reason], refusal?.Reason);
        Assert.Equal(field is null, range is not null);
    }

    [Theory, Table("""
        at                          place
        2026-03-27T23:59:59.999999  -1
        2026-03-28T00:00:00         0
        2026-03-28T23:59:59.999999  0
        2026-03-29T00:00:00         1
        2026-03-29T23:59:59         1
        2026-03-30T00:00:00         2
        2026-03-31T00:00:00         -1
        """)]
    public void An_instant_has_its_place_in_the_range(string at, int place)
    {
        const string zone = "Europe/Berlin";
        var range = UsageRange.Of(At("2026-03-28", zone), At("2026-03-31", zone), Zone(zone), UsageStep.Day, out _)!;

        Assert.Equal(place, range.IndexOf(At(at, zone)));
    }

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    private static Instant Instant(string text) => InstantPattern.General.Parse(text).Value;

    /// <summary>A local time, the earlier of two; or with a Z, an instant.</summary>
    private static Instant At(string text, string zone) => text.EndsWith('Z')
        ? Instant(text.Replace("Z", ":00Z", StringComparison.Ordinal))
        : LocalDateTime.FromDateTime(DateTime.Parse(text, CultureInfo.InvariantCulture)).InZoneLeniently(Zone(zone))
            .ToInstant();

    private static string Minutes(UsagePoint point) =>
        (point.End.ToInstant() - point.Start.ToInstant()).TotalMinutes.ToString(CultureInfo.InvariantCulture);
}
