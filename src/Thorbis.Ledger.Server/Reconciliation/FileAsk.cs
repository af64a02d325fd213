using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>What a file of records does not say itself.</summary>
public sealed record FileAsk
{
    [Description("First usage instant of what may be missing at the carrier: a time with offset, or a date.")]
    public string? From { get; init; }

    [Description("First usage instant that is out: a time with offset, or a date.")]
    public string? To { get; init; }

    [Description("IANA zone of bounds that are dates, and of times that the file has without an offset; the "
        + "company's when left out.")]
    public string? Zone { get; init; }

    [Description("ISO 4217 code of amounts beside which the file names none.")]
    public string? Currency { get; init; }

    [Description("true: compare a file anew that was compared before, if the ledger holds more since.")]
    public bool? Again { get; init; }

    private static readonly Duration Longest = Duration.FromDays(93);

    /// <summary>The question in the ledger's terms, or the problem to answer with.</summary>
    internal async Task<(FileScope? Scope, IResult? Problem)> ReadAsync(
        string company, CompanyZones zones, CancellationToken stop)
    {
        if (await zones.AskedAsync(Zone, company, stop) is not { } zone)
        {
            return (null, CompanyZones.Unknown);
        }
        var (from, to) = (Bound(From, zone), Bound(To, zone));
        var problem = from is null ? Problems.Invalid("from", AskedTime.Expected)
            : to is null ? Problems.Invalid("to", AskedTime.Expected)
            : to <= from || to - from > Longest
                ? Problems.Invalid("to", $"The range ends after it begins, and is at most {Longest.Days} days long.")
            : Currency is not null && (Currency.Length != 3 || !Currency.All(char.IsAsciiLetterUpper))
                ? Problems.Invalid("currency", "Expected an ISO 4217 code, such as USD.")
            : null;
        return problem is null ? (new(from!.Value, to!.Value, zone, Currency), null) : (null, problem);
    }

    private static Instant? Bound(string? text, DateTimeZone zone) =>
        string.IsNullOrEmpty(text) ? null : AskedTime.Parse(text, zone);
}

/// <summary>What a file is compared with.</summary>
internal sealed record FileScope(Instant From, Instant To, DateTimeZone Zone, string? Currency);
