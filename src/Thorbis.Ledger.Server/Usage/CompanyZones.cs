using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Usage;

/// <summary>The zone each company lives in, known for a minute after it was read.</summary>
public sealed class CompanyZones(LedgerDatabase database, IClock clock)
{
    private static readonly Duration KnownFor = Duration.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTimeZone Zone, Instant Until)> _known = new();

    /// <summary>422: the field <c>zone</c> names no zone.</summary>
    public static IResult Unknown => Problems.Invalid("zone", "Not an IANA time zone such as America/New_York.");

    /// <summary>Version of the zone rules in use, such as <c>2026a</c>.</summary>
    public static string TzdbVersion => TzdbDateTimeZoneSource.Default.TzdbVersion;

    /// <summary>The zone of an IANA name, or the company's where none is asked for; null for no such name.</summary>
    public async ValueTask<DateTimeZone?> AskedAsync(string? id, string company, CancellationToken stop) =>
        string.IsNullOrEmpty(id) ? await OfAsync(company, stop) : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);

    public async ValueTask<DateTimeZone> OfAsync(string company, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (_known.TryGetValue(company, out var known) && now < known.Until)
        {
            return known.Zone;
        }
        await using var command = database.Owner.CreateCommand(
            "select zone from platform.company where company_id = $1");
        command.Parameters.Add(new() { Value = company });
        var zone = DateTimeZoneProviders.Tzdb[(string)(await command.ExecuteScalarAsync(stop))!];
        _known[company] = (zone, now + KnownFor);
        return zone;
    }
}
