using NodaTime;
using NodaTime.Text;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Times as callers write them.</summary>
public static class AskedTime
{
    public const string ExpectedDay = "Expected a day, such as 2026-11-01.";
    public const string Expected =
        "Write a time with its offset (2026-11-01T00:00:00-04:00, or Z), or a date, which is its start in the zone.";

    public const string InstantExpected = "Write a time with its offset: 2026-11-01T00:00:00-04:00, or Z.";

    /// <summary>A day; today in the zone when left out; null when it is no date.</summary>
    public static LocalDate? ParseDay(string? text, DateTimeZone zone, Instant now) =>
        string.IsNullOrEmpty(text) ? now.InZone(zone).Date
            : LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value
            : null;

    /// <summary>
    /// An instant with offset (RFC 3339), or a date: the start of that day in <paramref name="zone"/>. Null when it
    /// is neither. A blank before the offset is the plus sign of a query that was not escaped.
    /// </summary>
    public static Instant? Parse(string text, DateTimeZone zone)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date)
        {
            return date.Value.AtStartOfDayInZone(zone).ToInstant();
        }
        return ParseInstant(text);
    }

    /// <summary>An instant with offset (RFC 3339); null when it is none.</summary>
    public static Instant? ParseInstant(string text)
    {
        var time = OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+'));
        return time.Success && time.Value.Year is > 0 and < 9999 ? time.Value.ToInstant() : null;
    }
}
