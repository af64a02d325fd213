using NodaTime;
using Thorbis.Ledger.Domain.Usage;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>The range of figures as callers write it.</summary>
internal static class AskedRange
{
    private const int DefaultDays = 30;

    /// <summary>The range, or null with the refusal that says why not.</summary>
    /// <param name="from">Inclusive; 30 days before the end when left out.</param>
    /// <param name="to">Exclusive; the end of today when left out.</param>
    public static UsageRange? Of(
        string? from, string? to, DateTimeZone zone, UsageStep by, Instant now, out RangeRefusal? refusal)
    {
        var tomorrow = now.InZone(zone).Date.PlusDays(1);
        var end = Bound(to, zone) ?? tomorrow.AtStartOfDayInZone(zone).ToInstant();
        var earlier = end.InZone(zone).Date.PlusDays(-DefaultDays);
        var start = Bound(from, zone) ?? earlier.AtStartOfDayInZone(zone).ToInstant();
        refusal = Unread("from", from, zone) ?? Unread("to", to, zone);
        return refusal is null ? UsageRange.Of(start, end, zone, by, out refusal) : null;
    }

    private static Instant? Bound(string? text, DateTimeZone zone) =>
        string.IsNullOrEmpty(text) ? null : AskedTime.Parse(text, zone);

    private static RangeRefusal? Unread(string field, string? text, DateTimeZone zone) =>
        string.IsNullOrEmpty(text) || AskedTime.Parse(text, zone) is not null ? null : new(field, AskedTime.Expected);
}
